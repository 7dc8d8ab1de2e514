import ConfigModel
import ConfigRegistry
import ConfigStore
import Testing

extension VersionStoreConformance {
    func newStoreIsEmpty() async throws {
        let key = try DocumentKey(service: "nothing")
        #expect(try await store.head(of: key) == nil)
        #expect(try await store.version(1, of: key) == nil)
        #expect(try await store.change("change", of: key) == nil)
        #expect(try await store.history(of: key, before: nil, limit: 10) == [])
        #expect(try await store.heads(HeadQuery(includesDeleted: true)) == [])
        #expect(try await store.heads(of: [key]) == [])
        #expect(try await store.unannounced(limit: 10) == UnannouncedVersions())
        let statistics = try await store.statistics()
        #expect([statistics.documents, statistics.versions, statistics.unannounced] == [0, 0, 0])
        #expect(statistics.oldestUnannounced == nil)
    }

    func headIsTheHighestNumber() async throws {
        var chain = try VersionChain("service/prod")
        // Past 9 and 10, which text would order the other way, and past one byte.
        for number in 1...300 {
            let record = chain.next(#"{"n":\#(number)}"#)
            try await stored([record])
            if [1, 2, 9, 10, 11, 99, 100, 255, 256, 300].contains(number) {
                #expect(try await store.head(of: chain.key)?.record == record)
            }
        }
    }

    func tombstoneIsTheHead() async throws {
        var chain = try VersionChain("service/prod")
        let records = [chain.next(#"{"a":1}"#), chain.tombstone()]
        try await stored(records)
        #expect(try await store.head(of: chain.key)?.record == records[1])
        let revival = chain.next(#"{"a":2}"#)
        #expect(revival.changeType == .created)
        try await stored([revival])
        #expect(try await store.head(of: chain.key)?.record == revival)
    }

    func versionsAreReadByNumber() async throws {
        var chain = try VersionChain("service/prod")
        let records = try await stored([chain.next(#"{"a":1}"#), chain.next(#"{"a":2}"#), chain.next(#"{"a":3}"#)])
        for record in records {
            #expect(try await store.version(record.version, of: chain.key)?.record == record)
        }
        for absent in [Int64.min, -1, 0, 4, .max] {
            #expect(try await store.version(absent, of: chain.key) == nil)
        }
    }

    func changesAreReadByIdentifier() async throws {
        var chain = try VersionChain("service/prod")
        let records = try await stored([chain.next(changeID: "one"), chain.next(changeID: "two")])
        #expect(try await store.change("one", of: chain.key)?.record == records[0])
        #expect(try await store.change("two", of: chain.key)?.record == records[1])
        #expect(try await store.change("three", of: chain.key) == nil)
        #expect(try await store.change("one", of: DocumentKey(service: "service", environment: "test")) == nil)
    }

    func historyIsNewestFirst() async throws {
        var chain = try VersionChain("service/prod")
        try await stored((1...12).map { chain.next(#"{"n":\#($0)}"#) })
        func numbers(before: Int64? = nil, limit: Int) async throws -> [Int64] {
            try await store.history(of: chain.key, before: before, limit: limit).map(\.record.version)
        }
        #expect(try await numbers(limit: 5) == [12, 11, 10, 9, 8])
        #expect(try await numbers(before: 8, limit: 5) == [7, 6, 5, 4, 3])
        #expect(try await numbers(before: 3, limit: 5) == [2, 1])
        #expect(try await numbers(before: .max, limit: 100).count == 12)
        for before in [1, 0, -1, Int64.min] { #expect(try await numbers(before: before, limit: 5) == []) }
        #expect(try await numbers(limit: 0) == [])
    }

    func historyEndsWhereItIsLargeEnough() async throws {
        var chain = try VersionChain("service/prod")
        // 1,000 bytes each.
        try await stored((1...8).map { chain.next(#"{"n":"\#(String(repeating: String($0), count: 992))"}"#) })
        for (bytes, count) in [(Int.max, 6), (6_000, 6), (2_001, 3), (2_000, 2), (1_000, 1), (999, 1), (1, 1)] {
            let found = try await store.history(of: chain.key, before: 8, limit: 6, maximumBytes: bytes)
            #expect(found.map(\.record.version) == (0..<count).map { 7 - Int64($0) }, "up to \(bytes) bytes")
        }
    }

    func similarKeysAreDifferentDocuments() async throws {
        let names = ["a/b", "b/a", "a.b/b", "a/B", "A/b", "a-b/b", "a_b/b", "aa/b", "a/bb", "a.b.c/b"]
        let records = try await documents(names)
        for record in records {
            #expect(try await store.head(of: record.key)?.record == record)
            #expect(try await store.history(of: record.key, before: nil, limit: 10).count == 1)
        }
    }
}
