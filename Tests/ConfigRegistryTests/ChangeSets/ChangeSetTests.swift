import ConfigModel
import ConfigSignatures
import ConfigStore
import TestSupport
import Testing

@testable import ConfigRegistry

@Suite("A change set", .timeLimit(.minutes(1)))
struct ChangeSetTests {
    private let fixture = Fixture.lasting

    @Test func makesAVersionOfEachDocumentUnderOneIdentifierThatFollowsFromThem() async throws {
        let registry = try await fixture.registry()
        let keys = Array(try DocumentKey.several(100).reversed())
        let set = try await registry.publish(ChangeSetRequest.number(1, keys))
        #expect(set.members.map(\.record.key) == keys)
        #expect(set.members.allSatisfy { $0.record.version == 1 && $0.record.changeSet == set.changeSet })
        let first = try #require(set.members.first?.record)
        let computed = ChangeSet(
            epoch: first.epoch, changeID: first.changeID, versions: keys.map { (key: $0, version: Int64(1)) })
        #expect(computed == set.changeSet)
        #expect(set.changeSet.id.hasPrefix("100-"))
        #expect(Set(set.members.map(\.record.createdAt)).count == 1)
        #expect(ChangeSetCheck.violations(in: try await registry.records(of: keys)) == [])
    }

    @Test func makesWhatEachKindOfChangeMakesAlone() async throws {
        let registry = try await fixture.registry()
        let keys = try DocumentKey.several(5)
        for key in keys.dropFirst() { for number in 1...2 { try await registry.publish(number, to: key) } }
        try await registry.delete(keys[4])
        let set = ChangeSetRequest([
            try .number(7, keys[0]),
            .init(.revise { head throws(RegistryError) in head.content }, of: keys[1], expected: .version(2)),
            .init(.delete, of: keys[2]),
            .init(.rollback(toVersion: 1), of: keys[3]),
            try .number(9, keys[4]),
        ])
        let made = try await registry.publish(set)
        #expect(
            made.members.map { "\($0.record.changeType.rawValue) \($0.record.version)" } == [
                "created 1", "updated 3", "deleted 3", "updated 3", "created 4",
            ])
        #expect(made.members[3].record.restoredFrom == 1)
        #expect(HistoryCheck.violations(in: try await fixture.history(of: keys[3])) == [])
    }

    @Test func isSignedMemberByMember() async throws {
        let signer = try RecordSigner.generate()
        let registry = try await fixture.registry(signer: signer)
        let set = try await registry.publish(ChangeSetRequest.number(1, try DocumentKey.several(3)))
        #expect(set.members.allSatisfy { $0.record.signature != nil })
    }

    @Test func isServedAndAnnouncedAsAsManyVersions() async throws {
        let fixture = Fixture()
        try await fixture.withRunningRegistry { registry in
            let keys = try DocumentKey.several(10)
            let set = try await registry.publish(ChangeSetRequest.number(1, keys))
            for member in set.members { #expect(registry.cachedHead(of: member.record.key)?.record == member.record) }
            #expect(registry.counters.configsCreated == 10 && registry.counters.changeSets == 1)
            try await eventually("all are announced") {
                fixture.bus.published.count == 10 && fixture.store.unmarked.isEmpty
            }
        }
    }

    @Test func isFoundByItsIdentifierInKeyOrder() async throws {
        let registry = try await fixture.registry()
        let keys = try DocumentKey.several(3)
        let id = try await registry.publish(ChangeSetRequest.number(1, keys.reversed())).changeSet.id
        #expect(try await registry.versions(ofChangeSet: id).map(\.record.key) == keys)
        #expect(try await registry.versions(ofChangeSet: "3-" + String(repeating: "0", count: 32)).isEmpty)
    }

    @Test(arguments: [0, 101])
    func hasOneToAHundredDocuments(_ count: Int) async throws {
        let registry = try await fixture.registry()
        let set = try ChangeSetRequest.number(1, try DocumentKey.several(count))
        #expect(await outcomeOfSet { try await registry.publish(set) } == "invalid")
        #expect(fixture.store.unmarked.isEmpty)
    }

    @Test func hasEachDocumentOnce() async throws {
        let registry = try await fixture.registry()
        let keys = try DocumentKey.several(2)
        let set = try ChangeSetRequest.number(1, keys + [keys[0]])
        #expect(await outcomeOfSet { try await registry.publish(set) } == "invalid")
    }

    @Test func hasEightMebibytesOfContentAtMostSentOrMade() async throws {
        let registry = try await fixture.registry()
        let keys = try DocumentKey.several(9)
        let large = Content(canonical: Array(#"{"a":"\#(String(repeating: "x", count: 1_000_000))"}"#.utf8))
        let sent = ChangeSetRequest(keys.map { .init(.publish(large, .createOrUpdate), of: $0) })
        #expect(await outcomeOfSet { try await registry.publish(sent) } == "tooLarge")
        let allowed = ChangeSetRequest(keys.prefix(8).map { .init(.publish(large, .createOrUpdate), of: $0) })
        #expect(try await registry.publish(allowed).members.count == 8)
        _ = try await registry.publish(ChangeRequest(.publish(large, .create), of: keys[8], origin: .by()))
        let made = ChangeSetRequest(keys.map { .init(.revise { _ throws(RegistryError) in large }, of: $0) })
        #expect(await outcomeOfSet { try await registry.publish(made) } == "tooLarge")
        #expect(try await registry.records(of: keys).count == 9)
    }

    @Test func isReportedAsUnsupportedWhereTheStoreCannotStoreIt() async throws {
        let registry = try await fixture.registry()
        fixture.store.control.failAppends(.refused(.unsupported("this server keeps no transactions")))
        let keys = try DocumentKey.several(2)
        #expect(await outcomeOfSet { try await registry.publish(ChangeSetRequest.number(1, keys)) } == "notSupported")
        #expect(await outcomeOf { try await registry.publish(1, to: keys[0]) } == "created 1")
    }
}
