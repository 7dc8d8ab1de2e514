import ConfigModel
import ConfigRegistry

/// A measurement of registry and watchers, and of the floor: interleaved with it for one writer, otherwise half before and
/// half after. What the machine does beside it meets both.
package struct BenchRun: Sendable {
    /// Nothing happened for so long: something is stuck.
    private static let stallLimit = Duration.seconds(30)

    let plan: BenchPlan
    let environment: BenchEnvironment
    let progress: any BenchProgress

    /// Puts a measurement together.
    package init(plan: BenchPlan, environment: BenchEnvironment, progress: any BenchProgress) {
        self.plan = plan
        self.environment = environment
        self.progress = progress
    }

    /// Measures.
    ///
    /// - Throws: `StoreError`, `BusError`, `RegistryError` or `BenchError` when a server cannot be used, and
    ///   `CancellationError`.
    package func run() async throws -> BenchResult {
        // A watcher on the bus takes four files and its part of the floor two; a stream two, and its part two.
        ProcessUsage.raiseFileLimit(to: plan.watchers * 7 + 1_024)
        defer { progress.end() }
        return plan.isOneAfterAnother ? try await product() : try await betweenFloors()
    }

    private func betweenFloors() async throws -> BenchResult {
        var floor = FloorFigures()
        let floorRun = FloorRun(plan: plan, environment: environment, progress: progress)
        progress.begin("measuring the floor")
        try await floorRun.measure(plan.updates / 2, into: &floor)
        var product = try await product()
        progress.begin("measuring the floor again")
        try await floorRun.measure(plan.updates - plan.updates / 2, into: &floor)
        product.floor = floor
        return product
    }

    private func product() async throws -> BenchResult {
        // What the floor took is not the product's.
        ProcessUsage.resetPeak()
        let recorder = UpdateRecorder(watchers: plan.watchers)
        let watchdog = Task { await watch(recorder) }
        defer { watchdog.cancel() }
        var result = try await BenchRegistry.run(environment, plan, recorder) { registry in
            let writers = try BenchWriters(plan, registry, recorder: recorder)
            progress.begin("creating \(plan.keys.count) document(s)")
            try await writers.create(progress: progress)
            let watchers = try BenchWatchers(plan, environment, url: registry.url, recorder: recorder)
            progress.begin("starting \(plan.watchers) watcher(s)")
            return try await watchers.run(progress: progress) {
                if plan.isOneAfterAnother { return try await measureInTurn(registry.registry, writers, recorder) }
                progress.begin("warming up")
                _ = try await writers.send(plan.warmUp, progress: progress)
                return try await measure(registry.registry, writers, recorder)
            }
        }
        // The registry has handed everything to the bus by now.
        result.figures = recorder.takeFigures()
        return result
    }

    private func measure(
        _ registry: Registry, _ writers: BenchWriters, _ recorder: UpdateRecorder
    ) async throws -> BenchResult {
        progress.begin("sending \(plan.updates) updates")
        let (processor, reads) = (ProcessUsage.cpuSeconds, registry.counters.configsRetrieved)
        recorder.startMeasuring()
        let duration = try await writers.send(plan.updates, progress: progress)
        return BenchResult(
            plan: plan, duration: duration, registryReads: registry.counters.configsRetrieved - reads,
            cpuSeconds: ProcessUsage.cpuSeconds - processor, peakMegabytes: ProcessUsage.peakMegabytes)
    }

    private func measureInTurn(
        _ registry: Registry, _ writers: BenchWriters, _ recorder: UpdateRecorder
    ) async throws -> BenchResult {
        try await FloorSampler.with(plan, environment) { sampler in
            progress.begin("warming up")
            var warmUp = InterleavedRun(plan, writers, progress: progress)
            try await warmUp.run(plan.warmUp, &sampler)
            progress.begin("sending \(plan.updates) updates, each after one of the floor")
            let reads = registry.counters.configsRetrieved
            recorder.startMeasuring()
            var interleaved = InterleavedRun(plan, writers, progress: progress)
            try await interleaved.run(plan.updates, &sampler)
            return BenchResult(
                plan: plan, floor: interleaved.floor, duration: interleaved.duration,
                registryReads: registry.counters.configsRetrieved - reads, cpuSeconds: interleaved.cpuSeconds,
                peakMegabytes: ProcessUsage.peakMegabytes)
        }
    }

    private func watch(_ recorder: UpdateRecorder) async {
        var (notes, since) = (recorder.notes, ContinuousClock.now)
        while (try? await Task.sleep(for: .seconds(1))) != nil {
            if recorder.notes != notes {
                (notes, since) = (recorder.notes, .now)
            } else if since + Self.stallLimit < .now {
                return recorder.fail(
                    BenchError(
                        "For \(Self.stallLimit.words) no watcher applied anything; look at store and bus with 'configbus doctor'."
                    ))
            }
        }
    }
}
