import ConfigRegistry

/// A measurement: half of the floor, the registry with its watchers, the other half of the floor. What the machine does
/// beside it meets both.
struct BenchRun: Sendable {
    /// Nothing happened for so long: something is stuck.
    private static let stallLimit = Duration.seconds(30)

    let plan: BenchPlan
    let ground: BenchGround
    let progress: BenchProgress

    func run() async throws -> BenchResult {
        // A watcher on the bus takes four files, a stream two.
        ProcessUsage.raiseFileLimit(to: plan.watchers * 5 + 1_024)
        var floor = FloorFigures()
        let floorRun = FloorRun(plan: plan, ground: ground, progress: progress)
        progress.begin("measuring the floor")
        try await floorRun.measure(plan.updates / 2, into: &floor)
        var product = try await product()
        progress.begin("measuring the floor again")
        try await floorRun.measure(plan.updates - plan.updates / 2, into: &floor)
        progress.end()
        product.floor = floor
        return product
    }

    private func product() async throws -> BenchResult {
        // What the floor took is not the product's.
        ProcessUsage.resetPeak()
        let ledger = UpdateLedger(watchers: plan.watchers)
        let watchdog = Task { await watch(ledger) }
        defer { watchdog.cancel() }
        var result = try await BenchRegistry.run(ground, plan, ledger) { registry in
            let writers = try BenchWriters(plan, url: registry.url, ledger: ledger)
            progress.begin("creating \(plan.keys.count) document(s)")
            try await writers.create(progress: progress)
            let watchers = try BenchWatchers(plan, ground, url: registry.url, ledger: ledger)
            progress.begin("starting \(plan.watchers) watcher(s)")
            return try await watchers.run(progress: progress) {
                progress.begin("warming up")
                _ = try await writers.send(plan.warmUp, progress: progress)
                return try await measure(registry.registry, writers, ledger)
            }
        }
        // The registry has handed everything to the bus by now.
        result.figures = ledger.takeFigures()
        return result
    }

    private func measure(
        _ registry: Registry, _ writers: BenchWriters, _ ledger: UpdateLedger
    ) async throws -> BenchResult {
        progress.begin("sending \(plan.updates) updates")
        let (usage, reads) = (ProcessUsage.now, registry.counters.configsRetrieved)
        ledger.startMeasuring()
        let duration = try await writers.send(plan.updates, progress: progress)
        let after = ProcessUsage.now
        return BenchResult(
            plan: plan, duration: duration, registryReads: registry.counters.configsRetrieved - reads,
            cpuSeconds: after.cpuSeconds - usage.cpuSeconds, peakMegabytes: after.peakMegabytes)
    }

    private func watch(_ ledger: UpdateLedger) async {
        var (notes, since) = (ledger.notes, ContinuousClock.now)
        while (try? await Task.sleep(for: .seconds(1))) != nil {
            if ledger.notes != notes {
                (notes, since) = (ledger.notes, .now)
            } else if since + Self.stallLimit < .now {
                return ledger.fail(
                    CommandFailure.unreachable(
                        "For \(Self.stallLimit) no watcher applied anything; look at store and bus with 'configbus doctor'."
                    ))
            }
        }
    }
}
