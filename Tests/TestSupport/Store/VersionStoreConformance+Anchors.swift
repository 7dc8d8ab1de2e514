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
}
