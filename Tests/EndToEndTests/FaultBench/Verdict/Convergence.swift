import ConfigModel
import RegistryAPI
import RegistryClient
import TestSupport

/// Waiting until everybody has what is stored, after the faults.
struct Convergence: Sendable {
    /// How long it may take, generously: recovery is asserted, not its speed.
    private static let limit = Duration.seconds(90)

    private let world: FaultCluster
    private let heads: [DocumentKey: Int64]

    init(of world: FaultCluster) async throws {
        self.world = world
        var heads: [DocumentKey: Int64] = [:]
        for key in world.documents {
            heads[key] = try await eventually("the head of \(key)") {
                try await world.registries[1].client.history(of: key, limit: 1).first?.version
            }
        }
        self.heads = heads
    }

    /// A party that has everything.
    struct Arrival: Sendable {
        let party: String
        let instant: ContinuousClock.Instant
    }

    /// Waits for the announcements, the watchers, the audit and the registries' own judgement.
    ///
    /// - Returns: who came last.
    func wait() async throws -> Arrival {
        try await withThrowingTaskGroup(of: Arrival.self) { group in
            group.addTask {
                try await waitForAnnouncements()
                return Arrival(party: "the announcements", instant: .now)
            }
            for watcher in FaultWatcher.allCases {
                group.addTask {
                    try await wait(for: watcher)
                    return Arrival(party: "watcher '\(watcher)'", instant: .now)
                }
            }
            group.addTask {
                try await waitForAudit()
                return Arrival(party: "the audit", instant: .now)
            }
            for registry in world.registries {
                group.addTask {
                    try await eventually("a registry that serves", within: Self.limit) {
                        try await registry.status() != .unhealthy
                    }
                    return Arrival(party: "a registry", instant: .now)
                }
            }
            // In the order in which they end.
            return try await group.reduce(Arrival(party: "nobody", instant: .now)) { $1 }
        }
    }

    private func waitForAnnouncements() async throws {
        for (key, head) in heads {
            try await eventually("the announcement of all \(head) versions of \(key)", within: Self.limit) {
                world.heard.versions(of: key).isSuperset(of: 1...head)
            }
        }
    }

    private func wait(for watcher: FaultWatcher) async throws {
        guard let run = world.runs(of: watcher).last else { return }
        var reader = run.process.output.makeAsyncIterator()
        var missing = heads
        var newest: [DocumentKey: String] = [:]
        // Woken by every line; the limit of time is the reader's.
        let end = ContinuousClock.now + Self.limit
        while !missing.isEmpty {
            guard let text = try await next(&reader, before: end) else {
                throw NotConverged(watcher: "\(watcher)", missing: "\(missing)", newest: "\(newest)")
            }
            let line = try WatchLine(parsing: text)
            newest[line.key] = text
            if line.outcome == "applied", missing[line.key] == line.version { missing[line.key] = nil }
        }
    }

    private func next(
        _ reader: inout LineLog.AsyncIterator, before end: ContinuousClock.Instant
    ) async throws -> String? {
        let result = try await withThrowingTaskGroup(of: (String?, LineLog.AsyncIterator)?.self) { [reader] group in
            group.addTask {
                var reader = reader
                return (await reader.next(), reader)
            }
            group.addTask {
                try await Task.sleep(until: end)
                return nil
            }
            let first = try await group.next() ?? nil
            group.cancelAll()
            return first
        }
        if let result { reader = result.1 }
        return result?.0
    }

    private func waitForAudit() async throws {
        let expected = Int(heads.values.reduce(0, +))
        try await eventually("\(expected) entries in the audit", within: Self.limit) {
            guard let audit = world.audits.last else { return false }
            // Counted before it is read: it grows for a while.
            guard try audit.lineCount() >= expected else { return false }
            return try audit.entries().count >= expected
        }
    }

    private struct NotConverged: Error {
        let watcher: String
        let missing: String
        let newest: String
    }
}
