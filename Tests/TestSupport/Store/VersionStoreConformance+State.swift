import ConfigModel
import ConfigRegistry
import ConfigSignatures
import ConfigStore
import Testing

/// What a store says about itself as a whole.
extension VersionStoreConformance {
    func epochIsMadeOnce() async throws {
        let states = try await withThrowingTaskGroup(of: StoreState.self) { group in
            for _ in 0..<16 { group.addTask { try await store.state() } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let first = try #require(states.first)
        #expect(states.allSatisfy { $0 == first })
        #expect(first == StoreState(epoch: Epoch(number: 1, identifier: first.epoch.identifier)))
        #expect(try await store.epoch() == first.epoch)
    }

    func epochAdvances() async throws {
        let first = try await store.epoch()
        let change = try await store.advanceEpoch(reason: "test", now: { Timestamp(milliseconds: 0) })
        #expect(change.before == first)
        #expect(change.after.number == first.number + 1)
        #expect(change.after.identifier != first.identifier)
        #expect(Epoch(parsing: change.after.description) == change.after)
        #expect(try await store.state() == StoreState(epoch: change.after))
    }

    func epochAdvancesOnceForEachCaller() async throws {
        let changes = try await withThrowingTaskGroup(of: EpochChange.self) { group in
            for _ in 0..<8 {
                group.addTask { try await store.advanceEpoch(reason: "test", now: { Timestamp(milliseconds: 0) }) }
            }
            return try await group.reduce(into: []) { $0.append($1) }.sorted { $0.after.number < $1.after.number }
        }
        #expect(changes.map(\.after.number) == Array(2...9))
        #expect(changes.dropFirst().map(\.before) == changes.dropLast().map(\.after))
        #expect(try await store.epoch() == changes.last?.after)
    }

    func epochIsReplacedOnceOnly() async throws {
        let first = try await store.epoch()
        let next = try #require(first.next(at: Timestamp.now))
        let other = try #require(first.next(at: Timestamp.now))
        #expect(try await store.replaceEpoch(first, by: next, statement: nil))
        // The response got lost: the same again.
        #expect(try await store.replaceEpoch(first, by: next, statement: nil))
        #expect(try await store.replaceEpoch(first, by: other, statement: nil) == false)
        #expect(try await store.epoch() == next)
    }

    func statementsComeBack() async throws {
        let signer = try RecordSigner.generate()
        let change = try await store.advanceEpoch(reason: "Restored from Zo\u{E9}\u{0}'s \"backup\".", signer: signer)
        let statement = try #require(change.statement)
        #expect(try await store.state() == StoreState(epoch: change.after, statement: statement))
        try TrustedKeys([signer.publicKey]).verify(statement, of: change.after)
        // A statement is about its own epoch only: one that is made without a key has none.
        let unsigned = try await store.advanceEpoch(reason: "test")
        #expect(try await store.state() == StoreState(epoch: unsigned.after))
    }

    func signingRuleIsKept() async throws {
        #expect(try await store.state().signing == .optional)
        for rule in [SigningRule.required, .required, .off, .required] {
            try await withThrowingTaskGroup { group in
                for _ in 0..<4 { group.addTask { try await store.setSigning(rule) } }
                try await group.waitForAll()
            }
            #expect(try await store.state().signing == rule)
        }
        let epoch = try await store.epoch()
        await #expect(throws: EpochChangeError.keyIsMissing) { try await store.advanceEpoch(reason: "test") }
        #expect(try await store.epoch() == epoch)
        let change = try await store.advanceEpoch(reason: "test", signer: RecordSigner.generate())
        #expect(
            try await store.state()
                == StoreState(
                    epoch: change.after, statement: change.statement, signing: .required))
    }

    func schemaNumberRises() async throws {
        #expect(try await store.state().schemas == 0)
        try await store.noteSchemaChange()
        let first = try await store.state()
        #expect(first.schemas >= 1 && first.access == 0 && first.signing == .optional)
        try await withThrowingTaskGroup { group in
            for _ in 0..<8 { group.addTask { try await store.noteSchemaChange() } }
            try await group.waitForAll()
        }
        #expect(try await store.state().schemas >= first.schemas + 8)
        // A new epoch begins with the number that is there.
        let number = try await store.state().schemas
        _ = try await store.advanceEpoch(reason: "test")
        #expect(try await store.state().schemas == number)
    }
}
