import ConfigRegistry
import ConfigStore
import Testing

extension VersionStoreConformance {
    func anchorsOnlyRise() async throws {
        #expect(try await store.anchor(of: "default") == nil)
        let first = AuditAnchor(log: "default", count: 5, checkpoint: Array(#"{"count":5}"#.utf8))
        let other = AuditAnchor(log: "default", count: 5, checkpoint: Array(#"{"count":5,"other":1}"#.utf8))
        let higher = AuditAnchor(log: "default", count: 6, checkpoint: [])
        #expect(try await store.raiseAnchor(first) == first)
        #expect(try await store.raiseAnchor(other) == first)
        #expect(try await store.raiseAnchor(higher) == higher)
        #expect(try await store.raiseAnchor(first) == higher)
        #expect(try await store.anchor(of: "default") == higher)
        #expect(try await store.anchor(of: "other") == nil)
    }

    func highestOfManyAnchorsStays() async throws {
        try await withThrowingTaskGroup { group in
            for count in 1...12 as ClosedRange<Int64> {
                group.addTask {
                    _ = try await store.raiseAnchor(
                        AuditAnchor(log: "default", count: count, checkpoint: Array("\(count)".utf8)))
                }
            }
            try await group.waitForAll()
        }
        #expect(
            try await store.anchor(of: "default")
                == AuditAnchor(log: "default", count: 12, checkpoint: Array("12".utf8)))
    }

    func firstIdentityOwnsALog() async throws {
        func anchor(_ count: Int64, _ owner: String?) -> AuditAnchor {
            AuditAnchor(log: "default", count: count, checkpoint: Array("\(count)".utf8), owner: owner)
        }
        #expect(try await store.giveAnchor(of: "default", to: "eu") == false)
        // From before the registry knew identities.
        #expect(try await store.raiseAnchor(anchor(1, nil)) == anchor(1, nil))
        #expect(try await store.raiseAnchor(anchor(1, "eu")) == anchor(1, nil))
        #expect(try await store.raiseAnchor(anchor(2, "eu")) == anchor(2, "eu"))
        // Whatever number another one says, and whatever it says again.
        #expect(try await store.raiseAnchor(anchor(.max, "us")) == anchor(2, "eu"))
        #expect(try await store.raiseAnchor(anchor(2, "us")) == anchor(2, "eu"))
        #expect(try await store.raiseAnchor(anchor(3, "eu")) == anchor(3, "eu"))
        #expect(try await store.raiseAnchor(anchor(4, nil)) == anchor(4, "eu"))
        // Another log is another's.
        let other = AuditAnchor(log: "other", count: 1, checkpoint: [], owner: "us")
        #expect(try await store.raiseAnchor(other) == other)
        for _ in 1...2 { #expect(try await store.giveAnchor(of: "default", to: "us")) }
        #expect(try await store.anchor(of: "default") == anchor(4, "us"))
        #expect(try await store.raiseAnchor(anchor(5, "eu")) == anchor(4, "us"))
        #expect(try await store.raiseAnchor(anchor(5, "us")) == anchor(5, "us"))
        #expect(try await store.anchor(of: "other") == other)
    }

    func oneOfManyIdentitiesOwnsALog() async throws {
        let owners = (1...8).map { "audit-\($0)" }
        try await withThrowingTaskGroup { group in
            for (count, owner) in zip(1..., owners) as Zip2Sequence<PartialRangeFrom<Int64>, [String]> {
                group.addTask {
                    _ = try await store.raiseAnchor(
                        AuditAnchor(log: "default", count: count, checkpoint: Array(owner.utf8), owner: owner))
                }
            }
            try await group.waitForAll()
        }
        let kept = try #require(try await store.anchor(of: "default"))
        // The count and the checkpoint are its own.
        #expect(kept.owner.map { Array($0.utf8) } == kept.checkpoint)
        #expect(kept.owner == "audit-\(kept.count)")
    }
}
