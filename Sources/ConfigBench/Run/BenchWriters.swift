import ConfigModel
import ConfigRegistry
import ConfigStore

/// Those who send the updates.
struct BenchWriters: Sendable {
    private static let creators = 16

    private let plan: BenchPlan
    private let publisher: BenchPublisher
    private let content: BenchContent
    private let recorder: UpdateRecorder

    init(_ plan: BenchPlan, _ target: BenchRegistry, recorder: UpdateRecorder) throws {
        self.plan = plan
        self.recorder = recorder
        publisher = try BenchPublisher(plan, target)
        content = BenchContent(size: plan.size)
    }

    /// Makes the first version of every document, a few at a time.
    func create(progress: any BenchProgress) async throws {
        let next = SharedCounter()
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            for _ in 0..<min(Self.creators, plan.keys.count) {
                tasks.addTask {
                    while true {
                        let number = next.increment()
                        guard number <= plan.keys.count else { return }
                        _ = try await publisher.create(content.content(0), as: plan.keys[number - 1])
                        progress.step(number, of: plan.keys.count)
                    }
                }
            }
            try await tasks.waitForAll()
        }
    }

    /// Sends one update and returns when every watcher has applied it.
    func sendOne(_ number: Int) async throws {
        try await recorder.waitUntilApplied(try await update(number), by: plan.watchers)
    }

    /// Sends updates, all writers together; returns how long it took until the last was stored.
    func send(_ count: Int, progress: any BenchProgress) async throws -> Duration {
        let start = ContinuousClock.now
        let newest = try await sendTogether(count, BenchPace(rate: plan.rate), progress: progress)
        let duration = ContinuousClock.now - start
        for version in newest { try await recorder.waitUntilApplied(version, by: plan.watchers) }
        return duration
    }

    /// Returns the newest version of every document that was changed.
    private func sendTogether(
        _ count: Int, _ pace: BenchPace, progress: any BenchProgress
    ) async throws -> [VersionIdentity] {
        let next = SharedCounter()
        return try await withThrowingTaskGroup(of: [VersionIdentity].self) { tasks in
            for writer in 0..<plan.writers {
                tasks.addTask {
                    var versions: [VersionIdentity] = []
                    var round = 0
                    while true {
                        let number = next.increment()
                        guard number <= count else { return versions }
                        try await pace.waitForTurn(of: number - 1)
                        // Writers stay apart when there are documents enough.
                        versions.append(try await update(writer + round * plan.writers))
                        round += 1
                        progress.step(number, of: count)
                    }
                }
            }
            var newest: [DocumentKey: VersionIdentity] = [:]
            for try await versions in tasks {
                for version in versions where newest[version.key]?.version ?? 0 < version.version {
                    newest[version.key] = version
                }
            }
            return Array(newest.values)
        }
    }

    private func update(_ number: Int) async throws -> VersionIdentity {
        let content = try content.content(number + 1)
        let sentAt = ContinuousClock.now
        let record = try await publisher.update(content, of: plan.keys[number % plan.keys.count])
        recorder.stored(record, sentAt: sentAt, storedAt: .now)
        return VersionIdentity(key: record.key, version: record.version)
    }
}
