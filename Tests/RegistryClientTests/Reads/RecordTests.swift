import ConfigModel
import RegistryAPI
import RegistryClient
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct RecordTests {
    private let key: DocumentKey
    private let chain: RecordChain

    init() throws {
        key = try DocumentKey(service: "parsing", environment: "prod")
        chain = RecordChain(key, (1...5).map { #"{"n":\#($0)}"# })
    }

    @Test func aHistoryIsNewestFirst() async throws {
        let records = Array(chain.records[1...3].reversed())
        let server = try ScriptedHTTPServer { _ in Served.list(records) }
        #expect(try await RegistryClient(url: server.url).history(of: key, before: 5, limit: 3) == records)
        #expect(
            server.requests.first?.target == "/api/configs/parsing/history?environment=prod&limit=3&before_version=5")
    }

    @Test func aRecordWhoseHashesDoNotHoldIsRefused() async throws {
        let record = chain.records[2]
        for lie in [#""comment":"version 3""#: #""comment":"version 4""#, #"{"n":3}"#: #"{"n":4}"#] {
            let text = String(decoding: record.jsonBytes, as: UTF8.self).replacingFirst(lie.key, by: lie.value)
            try await expectRefusal(.json(200, text)) { client, key throws(RegistryClientError) in
                try await client.version(3, of: key)
            }
        }
    }

    @Test func anotherVersionOrDocumentThanAskedForIsRefused() async throws {
        try await expectRefusal(Served.record(chain.records[1])) { client, key throws(RegistryClientError) in
            try await client.version(3, of: key)
        }
        let other = RecordChain(try DocumentKey(service: "other", environment: "prod"), ["{}"])
        try await expectRefusal(Served.record(other.records[0])) { client, key throws(RegistryClientError) in
            try await client.version(1, of: key)
        }
    }

    @Test(arguments: [[1, 2], [3, 3], [4, 3]])
    func aHistoryOutOfOrderOrBeyondTheBoundIsRefused(_ versions: [Int]) async throws {
        let records = versions.map { chain.records[$0 - 1] }
        try await expectRefusal(Served.list(records)) { client, key throws(RegistryClientError) in
            try await client.history(of: key, before: 4, limit: 2)
        }
    }

    @Test func aListGoesOnWhereItsLinkSays() async throws {
        let records = chain.records
        let server = try ScriptedHTTPServer { request in
            request.number == 1
                ? Served.list([records[4]], ["Link": #"</api/configs?limit=1&cursor=prod%2Fa%20b>; rel="next""#])
                : Served.list([])
        }
        let client = try RegistryClient(url: server.url)
        let first = try await client.heads(ListRequest(prefix: "pars", environment: "prod", limit: 1))
        #expect(first.elements == [records[4]] && first.next == "prod/a b")
        let second = try await client.heads(ListRequest(includesDeleted: true, cursor: first.next))
        #expect(second.elements.isEmpty && second.next == nil)
        #expect(
            server.requests.map(\.query) == [
                "prefix=pars&environment=prod&limit=1", "deleted=true&cursor=prod%2Fa%20b",
            ])
    }

    @Test(arguments: [#"</api/configs>; rel="next""#, #"</api/configs?limit=1>; rel="next""#, #"x; rel="next""#])
    func aLinkThatLeadsNowhereIsNotTheLastPage(_ link: String) async throws {
        try await expectRefusal(Served.list([], ["Link": link])) { client, _ throws(RegistryClientError) in
            try await client.heads()
        }
    }

    @Test func summariesNeedNoContent() async throws {
        let record = chain.records[4]
        var writer = JSONWriter()
        writer.array { list in record.appendJSON(to: &list, withContent: false) }
        let server = try ScriptedHTTPServer { [bytes = writer.bytes] _ in .answer(200, [:], bytes) }
        let page = try await RegistryClient(url: server.url).headSummaries()
        let summary = try #require(page.elements.first)
        #expect(summary.key == key && summary.version == 5 && summary.recordHash == record.recordHash)
        #expect(server.requests.first?.query == "view=heads")
    }

    @Test func aComparisonIsTakenApart() async throws {
        let body = """
            {"service_name":"parsing","environment":"prod","old_version":1,"new_version":2,"added":{"b":1},"removed":{},
             "changed":{"n":{"old":1,"new":2.0}},"patch":[{"op":"replace","path":"/n","value":2.0}]}
            """
        let server = try ScriptedHTTPServer { _ in .json(200, body) }
        let diff = try await RegistryClient(url: server.url).diff(of: key, from: 1, to: 2)
        #expect(diff.oldVersion == 1 && diff.newVersion == 2 && diff.added.count == 1 && diff.removed.isEmpty)
        let change = try #require(diff.changed.first)
        #expect(change.key == "n" && "\(change.old)" == "1" && "\(change.new)" == "2.0")
    }

    private func expectRefusal<Value>(
        _ answer: ScriptedAnswer, _ call: (RegistryClient, DocumentKey) async throws(RegistryClientError) -> Value
    ) async throws {
        let server = try ScriptedHTTPServer { _ in answer }
        let client = try RegistryClient(url: server.url)
        let error = try await failure { () throws(RegistryClientError) in try await call(client, key) }
        #expect(error.code == .invalidAnswer)
    }
}

extension String {
    fileprivate func replacingFirst(_ part: String, by replacement: String) -> String {
        guard let range = firstRange(of: part) else { return self }
        return replacingCharacters(range, replacement)
    }

    private func firstRange(of part: String) -> Range<String.Index>? {
        indices.lazy.first { self[$0...].hasPrefix(part) }.map { $0..<index($0, offsetBy: part.count) }
    }

    private func replacingCharacters(_ range: Range<String.Index>, _ replacement: String) -> String {
        self[..<range.lowerBound] + replacement + self[range.upperBound...]
    }
}
