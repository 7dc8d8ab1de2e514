import ConfigModel
import ConfigRegistry
import ConfigStore
import Testing

/// Several versions as one.
extension VersionStoreConformance {
    func setsAreStoredWhole() async throws {
        let known = try await documents(["a/prod", "b/prod"]).map { VersionChain($0.key, after: $0) }
        let set = VersionChain.set(following: [try VersionChain("new/test")] + known.reversed())
        #expect(try await store.append(set) == .stored)
        try await expectWhole(set)
        for record in set {
            let found = try #require(try await store.head(of: record.key))
            #expect(found.record == record)
            #expect(found.record.changeSet?.members == ["a/prod@2", "b/prod@2", "new/test@1"])
            #expect(try await store.change(record.changeID, of: record.key)?.record == record)
        }
        #expect(try await store.versions(ofChangeSet: "3-none").rowCount == 0)
        #expect(try await store.versions(ofChangeSet: "").rowCount == 0)
    }

    func setsMayHaveOneMemberOrAHundred() async throws {
        for count in [1, 100] {
            let set = try VersionChain.set((0..<count).map { "service-\($0)/of-\(count)" })
            #expect(try await store.append(set) == .stored)
            #expect(set[0].changeSet?.id.hasPrefix("\(count)-") == true)
            try await expectWhole(set)
        }
        #expect(try await store.append([VersionRecord]()) == .stored)
    }

    func setWithATakenMemberStoresNothing() async throws {
        let chains = try ["a/prod", "b/prod", "c/prod", "d/prod"].map { try VersionChain($0) }
        let set = VersionChain.set(following: chains)
        let rivals = try await stored([chains[1].following(#"{"rival":true}"#)])
        #expect(try await store.append(set) == .taken([rivals[0].key]))
        #expect(try await store.versions(ofChangeSet: try #require(set[0].changeSet?.id)).rowCount == 0)
        for key in [set[0].key, set[2].key, set[3].key] { #expect(try await store.head(of: key) == nil) }
        #expect(try await store.head(of: rivals[0].key)?.record == rivals[0])
        #expect(try await store.unannounced(limit: 10).versions.map(\.key) == [rivals[0].key])
        // In the set's order, whichever the store found first.
        try await stored([chains[3].following(#"{"rival":true}"#), chains[0].following(#"{"rival":true}"#)])
        #expect(try await store.append(set) == .taken([set[0].key, set[1].key, set[3].key]))
        #expect(try await store.head(of: set[2].key) == nil)
    }

    func sameSetAgainIsStored() async throws {
        let set = try VersionChain.set(["a/prod", "b/prod", "c/prod"])
        for _ in 0..<2 { #expect(try await store.append(set) == .stored) }
        // Also when newer versions exist, and in another order.
        try await stored([VersionChain(set[1].key, after: set[1]).following()])
        #expect(try await store.append(set.reversed()) == .stored)
        try await expectWhole(set)
    }

    func setOfAUsedChangeIsRefused() async throws {
        let chains = try ["a/prod", "b/prod", "c/prod"].map { try VersionChain($0) }
        let alone = try await stored([chains[1].following(changeID: "change-1")])
        let set = VersionChain.set(following: chains, changeID: "change-1")
        #expect(try await store.append(set) == .changeExists(alone))
        // A number may be free and the change used all the same.
        let next = VersionChain.set(following: [chains[0], chains[1].after(alone[0])], changeID: "change-1")
        #expect(try await store.append(next) == .changeExists(alone))
        #expect(try await store.head(of: chains[0].key) == nil)

        let first = VersionChain.set(following: [chains[0], chains[2]], changeID: "change-2")
        #expect(try await store.append(first) == .stored)
        let other = VersionChain.set(following: [chains[2], try VersionChain("d/prod")], changeID: "change-2")
        #expect(try await store.append(other) == .changeExists([first[1]]))
        let sameMembers = VersionChain.set(following: [chains[0], chains[2]], changeID: "change-2") { _ in "{}" }
        let outcome = try await store.append(sameMembers)
        guard case .changeExists(let records) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(records.sorted { $0.key < $1.key } == first)
        #expect(try await store.head(of: DocumentKey(service: "d", environment: "prod")) == nil)
    }

    func setsMayHoldTombstonesAndReservedDocuments() async throws {
        let living = VersionChain(try DocumentKey(service: "gone", environment: "prod"), after: try await first("gone"))
        let schema = VersionChain(try DocumentKey(service: "gone", reserved: "schema"))
        let set = ChangeSet(
            epoch: VersionChain.epoch, changeID: "change-1", versions: [(living.key, 2), (schema.key, 1)])
        let records = [
            living.following(changeType: .deleted, changeID: "change-1", changeSet: set),
            schema.following(#"{"type":"object"}"#, changeID: "change-1", changeSet: set),
        ]
        #expect(set.members == ["gone/prod@2", "gone/~schema@1"])
        #expect(try await store.append(records) == .stored)
        try await expectWhole(records)
    }

    func membersAreAnnouncedOneByOne() async throws {
        let set = try VersionChain.set(["a/prod", "b/prod", "c/prod"])
        #expect(try await store.append(set) == .stored)
        let waiting = try await store.unannounced(limit: 10).versions
        #expect(Set(waiting) == Set(set.map { VersionIdentity(key: $0.key, version: 1) }))
        #expect(try await store.statistics().unannounced == 3)
        try await store.markAnnounced([waiting[1]])
        #expect(try await store.unannounced(limit: 10).versions == [waiting[0], waiting[2]])
        let announced = try await store.versions(ofChangeSet: try #require(set[0].changeSet?.id)).filter(\.isAnnounced)
        #expect(announced.map(\.record.key) == [waiting[1].key])
    }

    func closedStoreRefusesSets() async throws {
        let set = try VersionChain.set(["a/prod", "b/prod"])
        await store.close()
        await #expect(throws: StoreError.closed) { try await store.append(set) }
        await #expect(throws: StoreError.closed) { try await store.versions(ofChangeSet: "2-0") }
    }

    private func first(_ name: String) async throws -> VersionRecord {
        try await documents(["\(name)/prod"])[0]
    }

    /// All members are there, and no more; the set is their only news.
    func expectWhole(_ set: [VersionRecord]) async throws {
        let id = try #require(set.first?.changeSet?.id)
        let page = try await store.versions(ofChangeSet: id)
        #expect(page.damaged == [])
        #expect(page.map(\.record).sorted { $0.key < $1.key } == set.sorted { $0.key < $1.key })
    }
}
