import TestSupport
import Testing

/// One fault: what is injected, and into which parties.
struct FaultScenario: Sendable {
    /// The scenario's name in the report.
    let name: String
    /// What happens, in words.
    let injected: String
    var parties = FaultParties()
    /// What the evidence must show, because otherwise the fault was not there; `provenByInjection` when the injection
    /// itself does not end before everybody felt it.
    let mark: @Sendable (FaultEvidence) throws -> Bool
    /// Injects the fault while writers write, holds it, and heals it, unless everybody has to get along with it.
    let inject: @Sendable (FaultCluster) async throws -> Void

    /// For injections that wait for their effect, and fail without it.
    static let provenByInjection: @Sendable (FaultEvidence) throws -> Bool = { _ in true }

    /// Runs it on servers that nobody else uses and judges what was recorded.
    func run(sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let servers = try #require(
            FaultServers.current, "there are no servers to break", sourceLocation: sourceLocation)
        try await withBench(on: try await servers.settings().servers) { bench in
            do {
                let world = try await FaultCluster(bench, on: servers, parties)
                let load = try await hold(world)
                let last = try await Convergence(of: world).wait()
                let evidence = try await FaultEvidence(gatheredFrom: world, last: last)
                let report = FaultReport(of: self, load: load, evidence)
                try report.publish()
                let violations = try await evidence.violations()
                #expect(violations == [], sourceLocation: sourceLocation)
                #expect(report.counts.acknowledged >= FaultTimes.minimum, sourceLocation: sourceLocation)
                #expect(evidence.unresolved == 0, sourceLocation: sourceLocation)
                #expect(try mark(evidence), "the fault left no mark", sourceLocation: sourceLocation)
            } catch {
                try await servers.start()
                throw error
            }
            try await servers.start()
        }
    }

    /// Writers write for a phase, through the fault, and for another phase, or longer until the load was enough.
    private func hold(_ world: FaultCluster) async throws -> FaultTimes {
        let writable = try world.writable
        return try await withThrowingTaskGroup { group in
            group.addTask { await world.load.run(at: writable) }
            let began = ContinuousClock.now
            do {
                try await world.hold()
                let before = world.load.acknowledged
                try await inject(world)
                let healed = ContinuousClock.now
                let during = world.load.acknowledged - before
                try await world.hold()
                try await eventually("\(FaultTimes.minimum) acknowledged changes", within: .seconds(60)) {
                    world.load.acknowledged >= FaultTimes.minimum
                }
                world.load.stop()
                try await group.waitForAll()
                return FaultTimes(
                    began: began, healed: healed, ended: .now, acknowledged: world.load.acknowledged,
                    acknowledgedDuring: during)
            } catch {
                world.load.stop()
                throw error
            }
        }
    }
}

/// When a scenario's load was held, and how much of it there was.
struct FaultTimes: Sendable {
    /// So many changes must be acknowledged: an idle run proves nothing.
    static let minimum = 100

    let began: ContinuousClock.Instant
    let healed: ContinuousClock.Instant
    let ended: ContinuousClock.Instant
    let acknowledged: Int
    /// From the fault's beginning to its end.
    let acknowledgedDuring: Int

    var writesPerSecond: Double { Double(acknowledged) / ((ended - began) / .seconds(1)) }
}
