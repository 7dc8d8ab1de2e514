import ConfigModel
import ConfigRegistry
import ConfigStore
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

    func headsEndWhereTheyAreLargeEnough() async throws {
        for number in 1...8 {
            var chain = try VersionChain("service\(number)/prod")
            try await stored([chain.next(#"{"n":"\#(String(repeating: "x", count: 992))"}"#)])
        }
        for (bytes, count) in [(Int.max, 6), (6_000, 6), (2_001, 3), (2_000, 2), (1_000, 1), (1, 1)] {
            let query = HeadQuery(after: try DocumentKey(parsing: "service1/prod"), limit: 6, maximumBytes: bytes)
            #expect(try await names(query) == (0..<count).map { "service\($0 + 2)/prod" }, "up to \(bytes) bytes")
        }
    }

    func outlinesAreHeadsWithoutContents() async throws {
        for number in 0..<12 {
            var chain = try VersionChain("service\(number)/\(number % 2 == 0 ? "prod" : "test")")
            let first = chain.next(#"{"n":\#(number)}"#, comment: "\u{0} comment of \(number)")
            let signature = RecordSignature(signature: "c2lnbmF0dXJl", keyID: "0123456789abcdef")
            try await stored([number % 3 == 0 ? first.signed(signature) : first])
            if number % 4 == 0 { try await stored([chain.tombstone()]) }
        }
        let queries = [
            HeadQuery(), HeadQuery(includesDeleted: true), HeadQuery(environment: "test"),
            HeadQuery(service: "service3"),
            HeadQuery(prefix: "service4", includesDeleted: true), HeadQuery(limit: 3), HeadQuery(limit: 0),
            HeadQuery(after: try DocumentKey(service: "service5", environment: "test"), limit: 2),
            // No content is read, so that none can be too large.
            HeadQuery(maximumBytes: 1),
        ]
        for query in queries {
            var unbounded = query
            unbounded.maximumBytes = .max
            let expected = try await store.heads(unbounded).map { RecordOutline($0.record) }
            let outlines = try await store.outlines(query)
            #expect(Array(outlines) == expected, "\(query)")
            #expect(outlines.map(Self.text) == expected.map(Self.text))
        }
    }

    private static func text(_ outline: RecordOutline) -> String {
        var writer = JSONWriter()
        outline.appendJSON(to: &writer)
        return String(decoding: writer.bytes, as: UTF8.self)
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
