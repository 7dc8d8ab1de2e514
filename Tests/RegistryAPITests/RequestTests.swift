import ConfigModel
import RegistryAPI
import TestSupport
import Testing

/// What a client sends is what a server reads.
@Suite struct RequestTests {
    private static let epoch = RecordChain.firstEpoch

    private static func key(_ environment: String = "prod") throws -> DocumentKey {
        try DocumentKey(service: "tenants.acme", environment: environment)
    }

    /// The service as the path of a request has it.
    private static func service(_ request: RegistryRequest) -> Substring {
        request.path.dropFirst(APIPath.documentPrefix.count).prefix { $0 != "/" }
    }

    @Test(
        arguments: [
            .newest(GetRequest.Minimum(), wait: nil),
            .newest(.init(version: 7, epoch: epoch), wait: .milliseconds(1_500)),
            .version(3), .overlay(.init(version: 2)),
        ] as [GetRequest.Kind])
    func get(_ kind: GetRequest.Kind) throws {
        for (etag, isFresh) in [(nil, false), ("\"1.6\", \"1.7\"", true), ("*", false)] as [(String?, Bool)] {
            let sent = GetRequest(try Self.key(), kind, condition: ReadCondition(etag), isFresh: isFresh)
            let request = sent.request
            #expect(
                try GetRequest(
                    service: Self.service(request), query: request.queryText, ifNoneMatch: request.header(.ifNoneMatch),
                    cacheControl: request.header(.cacheControl)) == sent)
        }
    }

    @Test(arguments: [false, true]) func batch(_ isFresh: Bool) throws {
        let sent = BatchGetRequest(
            [
                DocumentRequest(try Self.key()),
                DocumentRequest(try Self.key("dev"), ifNoneMatch: "\"1.7\"", minimumVersion: 7, epoch: Self.epoch),
            ], isFresh: isFresh)
        let request = sent.request
        #expect(
            try BatchGetRequest(request.body ?? [], cacheControl: request.header(.cacheControl)) == sent)
        #expect(request.path == APIPath.batchGet && request.header(.contentType) == RequestMediaType.json.rawValue)
    }

    @Test(arguments: [
        ListRequest(), ListRequest(service: "a", environment: "prod", includesDeleted: true, limit: 1_000),
        ListRequest(prefix: "tenants.acme", limit: 1, cursor: "tenants.acme/prod"),
    ])
    func list(_ sent: ListRequest) throws {
        #expect(try ListRequest(query: sent.request.queryText) == sent)
        var heads = sent
        heads.hasContents = false
        #expect(try ListRequest(query: heads.request.queryText) == heads)
    }

    @Test func theLinkOfAPageLeadsToTheNext() throws {
        let last = try Self.key()
        let link = ListRequest(prefix: "tenants", limit: 2).link(after: last)
        let next = ListRequest(prefix: "tenants", limit: 2, cursor: try PageLink.cursor(link))
        #expect(next.after == last)
        #expect(link == "<\(next.request.target)>; rel=\"next\"")
        #expect(try PageLink.cursor(nil) == nil)
    }

    @Test func history() throws {
        for sent in [HistoryRequest(try Self.key()), HistoryRequest(try Self.key(), before: 9, limit: 1_000)] {
            let request = sent.request
            #expect(try HistoryRequest(service: Self.service(request), query: request.queryText) == sent)
        }
    }

    @Test func version() throws {
        let sent = VersionRequest(try Self.key(), version: 12)
        let request = sent.request
        let version = request.path.split(separator: "/").last ?? ""
        #expect(
            try VersionRequest(service: Self.service(request), version: version, query: request.queryText) == sent)
    }

    @Test func diff() throws {
        for sent in [DiffRequest(try Self.key()), DiffRequest(try Self.key(), from: 1, to: 4)] {
            let request = sent.request
            #expect(try DiffRequest(service: Self.service(request), query: request.queryText) == sent)
        }
    }

    @Test func watch() throws {
        let selection = WatchSelection(services: ["a", "b"], prefix: "tenants", environment: "prod")
        for sent in [
            WatchRequest(WatchSelection()), WatchRequest(selection),
            WatchRequest(selection, known: [try Self.key(): 7, try Self.key("dev"): 0]),
        ] {
            let request = sent.request
            var read = try WatchRequest(query: request.queryText)
            if let body = request.body { try read.readKnown(body) }
            #expect(read == sent)
            #expect((request.method == .post) == (request.body != nil))
        }
    }
}
