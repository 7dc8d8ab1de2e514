import ConfigModel
import ConfigRegistry
import ConfigStore
import Testing

/// Sets and versions that many tasks append at the same time.
extension VersionStoreConformance {
    func sameSetFromManyTasksIsStoredOnce() async throws {
        let set = try VersionChain.set(["a/prod", "b/prod", "c/prod"])
        let outcomes = try await withThrowingTaskGroup(of: SetAppendOutcome.self) { group in
            for task in 0..<8 {
                group.addTask { try await store.append(task.isMultiple(of: 2) ? set : set.reversed()) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.allSatisfy { $0 == .stored })
        try await expectWhole(set)
    }

    /// Eight writers, half of which name the documents in the opposite order, each with sets of neighbours in a ring.
    func overlappingSetsLeaveNoGap() async throws {
        let keys = try (0..<6).map { try DocumentKey(service: "service-\($0)", environment: "prod") }
        let sets = try await withThrowingTaskGroup(of: [[VersionRecord]].self) { group in
            for writer in 0..<8 {
                group.addTask {
                    var own: [[VersionRecord]] = []
                    for change in 0..<4 {
                        let documents = (0..<4).map { keys[(writer + change + $0) % keys.count] }
                        own.append(try await publish(writer.isMultiple(of: 2) ? documents : documents.reversed()))
                    }
                    return own
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(sets.count == 32)
        try await expectNoGap(keys, versions: 32 * 4)
        for set in sets { try await expectWhole(set) }
    }

    /// A set and plain versions of its documents: each number goes to one of them, and the set is whole or not there.
    func setsAndVersionsShareTheNumbers() async throws {
        let keys = try (0..<4).map { try DocumentKey(service: "service-\($0)", environment: "prod") }
        let (sets, alone) = try await withThrowingTaskGroup(of: (sets: [[VersionRecord]], alone: Int).self) { group in
            for writer in 0..<8 {
                group.addTask {
                    if writer.isMultiple(of: 2) { return ([try await publish(keys), try await publish(keys)], 0) }
                    for _ in 0..<4 { try await publishAlone(keys[writer / 2]) }
                    return ([], 4)
                }
            }
            return try await group.reduce(into: (sets: [[VersionRecord]](), alone: 0)) {
                $0 = ($0.sets + $1.sets, $0.alone + $1.alone)
            }
        }
        try await expectNoGap(keys, versions: sets.count * keys.count + alone)
        for set in sets { try await expectWhole(set) }
    }

    private func expectNoGap(_ keys: [DocumentKey], versions: Int) async throws {
        var count = 0
        for key in keys {
            let history = try await store.history(of: key, before: nil, limit: 1_000).map(\.record)
            #expect(history.map(\.version) == (1...Int64(history.count)).reversed(), "\(key)")
            for (newer, older) in zip(history, history.dropFirst()) { #expect(newer.previousHash == older.recordHash) }
            count += history.count
        }
        #expect(count == versions)
    }

    /// Makes the set anew on fresh heads until it is stored.
    private func publish(_ keys: [DocumentKey]) async throws -> [VersionRecord] {
        while true {
            var chains: [VersionChain] = []
            for key in keys { chains.append(VersionChain(key, after: try await store.head(of: key)?.record)) }
            let set = VersionChain.set(following: chains)
            switch try await store.append(set) {
            case .stored: return set
            case .taken(let taken): #expect(!taken.isEmpty && taken.allSatisfy(keys.contains))
            case .changeExists(let others): throw UnexpectedChange(records: others)
            case .changePruned: throw UnexpectedChange(records: [])
            }
        }
    }

    private func publishAlone(_ key: DocumentKey) async throws {
        while true {
            let record = VersionChain(key, after: try await store.head(of: key)?.record).following()
            if try await store.append(record) == .stored { return }
        }
    }
}

private struct UnexpectedChange: Error {
    let records: [VersionRecord]
}
