import ConfigModel
import ConfigRegistry
import Testing

extension VersionStoreConformance {
    func headsAreInKeyOrder() async throws {
        try await documents(["b/prod", "a/test", "a/prod", "Z/prod", "a-b/prod", "a.b/prod", "z/dev"])
        #expect(
            try await names(HeadQuery()) == [
                "z/dev", "Z/prod", "a/prod", "a-b/prod", "a.b/prod", "b/prod", "a/test",
            ])
    }

    func headsAreNarrowed() async throws {
        try await documents(["a/dev", "a/prod", "a/test", "b/prod", "a.b/prod"])
        #expect(try await names(HeadQuery(environment: "prod")) == ["a/prod", "a.b/prod", "b/prod"])
        #expect(try await names(HeadQuery(service: "a")) == ["a/dev", "a/prod", "a/test"])
        #expect(try await names(HeadQuery(environment: "test", service: "a")) == ["a/test"])
        #expect(try await names(HeadQuery(service: "a", prefix: "a")) == ["a/dev", "a/prod", "a/test"])
        #expect(try await names(HeadQuery(service: "a", prefix: "b")) == [])
        #expect(try await names(HeadQuery(environment: "pro")) == [])
        #expect(try await names(HeadQuery(service: "c")) == [])
    }

    func prefixMeansWholeSegments() async throws {
        try await documents([
            "tenants.acme/prod", "tenants.acme.monitors/prod", "tenants.acme.monitors.eu/dev", "tenants.acme2/prod",
            "tenants.acme-2/prod", "tenants.acme_2.x/prod", "tenants.acm/prod", "tenants/prod", "Tenants.acme.x/prod",
        ])
        let below = ["tenants.acme.monitors.eu/dev", "tenants.acme/prod", "tenants.acme.monitors/prod"]
        #expect(try await names(HeadQuery(prefix: "tenants.acme")) == below)
        #expect(try await names(HeadQuery(environment: "prod", prefix: "tenants.acme")) == Array(below.dropFirst()))
        #expect(try await names(HeadQuery(prefix: "tenants.acme.monitors.eu")) == [below[0]])
        #expect(try await names(HeadQuery(prefix: "tenants.acme.mon")) == [])
        let after = try DocumentKey(parsing: below[1])
        #expect(try await names(HeadQuery(prefix: "tenants.acme", after: after)) == [below[2]])
    }

    func headsArePaged() async throws {
        let all = ["dev", "prod", "test"].flatMap { environment in
            ["a", "a.b", "b", "c.d.e"].map { "\($0)/\(environment)" }
        }
        try await documents(all.shuffled())
        for limit in [1, 2, 5, 12, 100] {
            var found: [String] = []
            var query = HeadQuery(limit: limit)
            while true {
                let page = try await store.heads(query)
                #expect(page.count <= limit)
                guard let last = page.last else { break }
                found += page.map { $0.record.key.description }
                query.after = last.record.key
            }
            #expect(found == all, "in pages of \(limit)")
        }
        // Behind a document that does not exist, and in one environment only.
        let absent = try DocumentKey(service: "aa", environment: "prod")
        #expect(try await names(HeadQuery(after: absent, limit: 3)) == ["b/prod", "c.d.e/prod", "a/test"])
        #expect(try await names(HeadQuery(environment: "prod", after: absent)) == ["b/prod", "c.d.e/prod"])
        #expect(try await names(HeadQuery(environment: "dev", after: absent)) == [])
        #expect(try await names(HeadQuery(environment: "test", after: absent, limit: 1)) == ["a/test"])
        #expect(try await names(HeadQuery(limit: 0)) == [])
    }

    func tombstonesAreSkippedWithinThePage() async throws {
        var heads: [VersionRecord] = []
        for number in 10..<40 {
            var chain = try VersionChain("service\(number)/prod")
            let first = chain.next(#"{"n":1}"#)
            // Only every fifth is alive; one of them was dead before.
            let rest =
                number % 5 == 0
                ? (number == 20 ? [chain.tombstone(), chain.next(#"{"n":3}"#)] : []) : [chain.tombstone()]
            try await stored([first] + rest)
            heads.append(rest.last ?? first)
        }
        let alive = heads.filter { !$0.isTombstone }
        #expect(try await store.heads(HeadQuery(limit: 4)).map(\.record) == Array(alive.prefix(4)))
        #expect(
            try await store.heads(HeadQuery(after: alive[3].key, limit: 4)).map(\.record) == Array(alive.dropFirst(4)))
        let withTombstones = try await store.heads(HeadQuery(includesDeleted: true, limit: 100)).map(\.record)
        #expect(withTombstones == heads)
    }

    func headsOfKeys() async throws {
        var expected: [DocumentKey: VersionRecord] = [:]
        for number in 0..<40 {
            var chain = try VersionChain("service\(number)/prod")
            try await stored([chain.next(#"{"n":1}"#)])
            if number % 2 == 0 { try await stored([chain.next(#"{"n":2}"#)]) }
            if number % 7 == 0 { try await stored([chain.tombstone()]) }
            expected[chain.key] = chain.last
        }
        // Many that do not exist between them, so that more than one round is needed.
        let keys = try (0..<1_200).map { try DocumentKey(service: "service\($0)", environment: "prod") }
        let found = try await store.heads(of: keys).map(\.record)
        #expect(found.count == 40)
        #expect(Dictionary(uniqueKeysWithValues: found.map { ($0.key, $0) }) == expected)
        #expect(try await store.heads(of: []) == [])
    }
}
