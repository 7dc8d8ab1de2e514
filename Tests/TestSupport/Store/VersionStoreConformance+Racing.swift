import ConfigModel
import ConfigRegistry
import ConfigStore
import Testing

extension VersionStoreConformance {
    func oneOfManyWritersGetsTheVersion() async throws {
        let chain = try VersionChain("service/prod")
        let rivals = (0..<16).map { chain.following(#"{"writer":\#($0)}"#) }
        let outcomes = try await append(rivals)
        #expect(outcomes.filter { $0 == .stored }.count == 1)
        #expect(outcomes.filter { $0 == .versionTaken }.count == 15)
        let winner = try #require(zip(rivals, outcomes).first { $0.1 == .stored }).0
        #expect(try await store.history(of: chain.key, before: nil, limit: 10).map(\.record) == [winner])
    }

    func sameRecordFromManyTasksIsStoredOnce() async throws {
        let record = try VersionChain("service/prod").following(#"{"a":1}"#)
        let outcomes = try await append(Array(repeating: record, count: 16))
        #expect(outcomes.allSatisfy { $0 == .stored })
        #expect(try await store.history(of: record.key, before: nil, limit: 10).map(\.record) == [record])
    }

    /// Sixteen writers that each add five versions, trying again with the next number when they lose.
    func racingWritersLeaveNoGap() async throws {
        let key = try DocumentKey(service: "service", environment: "prod")
        let stored = try await withThrowingTaskGroup(of: [VersionRecord].self) { group in
            for writer in 0..<16 {
                group.addTask {
                    var own: [VersionRecord] = []
                    for change in 0..<5 {
                        own.append(try await publish(#"{"writer":\#(writer),"change":\#(change)}"#, key))
                    }
                    return own
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        let history = try await store.history(of: key, before: nil, limit: 1_000).map(\.record)
        #expect(history.map(\.version) == (1...80).reversed())
        #expect(history.reversed() == stored.sorted { $0.version < $1.version })
        for (newer, older) in zip(history, history.dropFirst()) { #expect(newer.previousHash == older.recordHash) }
    }

    func closedStoreRefuses() async throws {
        let record = try VersionChain("service/prod").following()
        try await stored([record])
        await store.close()
        await store.close()
        await #expect(throws: StoreError.closed) { try await store.append(record) }
        await #expect(throws: StoreError.closed) { try await store.head(of: record.key) }
        await #expect(throws: StoreError.closed) { try await store.heads(HeadQuery()) }
        await #expect(throws: StoreError.closed) { try await store.epoch() }
    }

    private func append(_ records: [VersionRecord]) async throws -> [AppendOutcome] {
        try await withThrowingTaskGroup(of: (Int, AppendOutcome).self) { group in
            for (index, record) in records.enumerated() {
                group.addTask { (index, try await store.append(record)) }
            }
            return try await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    private func publish(_ json: String, _ key: DocumentKey) async throws -> VersionRecord {
        while true {
            let record = VersionChain(key, after: try await store.head(of: key)?.record).following(json)
            switch try await store.append(record) {
            case .stored: return record
            case .versionTaken: continue
            case .changeExists(let other): throw UnexpectedOutcome(record: other)
            case .changePruned: throw UnexpectedOutcome(record: record)
            }
        }
    }
}

private struct UnexpectedOutcome: Error {
    let record: VersionRecord
}
