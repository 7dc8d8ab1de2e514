import ConfigModel
import RegistryAPI
import RegistryClient
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct BatchTests {
    private let key: DocumentKey
    private let chain: RecordChain

    init() throws {
        key = try DocumentKey(service: "parsing", environment: "prod")
        chain = RecordChain(key, [#"{"a":1}"#, #"{"a":2.0}"#, nil])
    }

    @Test func manyDocumentsOfARealRegistry() async throws {
        try await RunningRegistry.with { client, _ in
            let keys = try (0..<300).map { try DocumentKey(service: "s\($0)", environment: "prod") }
            for (number, key) in keys.enumerated() where number != 7 {
                _ = try await client.create(try Content(parsing: Array(#"{"n":\#(number)}"#.utf8)), as: key)
            }
            _ = try await client.delete(keys[8])
            var questions = keys.map { DocumentRequest($0) }
            questions[9].ifNoneMatch = "\"1.1\""
            questions[10].minimumVersion = 2
            let answers = try await client.heads(of: questions)
            #expect(answers.count == 300)
            for (number, answer) in answers.enumerated() {
                switch number {
                case 7: #expect(try answer.get() == .unknown)
                case 8:
                    let alone = try await client.head(of: keys[8])
                    #expect(try answer.get() == alone)
                case 9:
                    guard case .content(let alone) = try await client.head(of: keys[9]) else {
                        throw Unexpected(what: "no content")
                    }
                    #expect(try answer.get() == .notModified(etag: "\"1.1\"", facts: alone.signedFacts))
                case 10: #expect(throws: RegistryClientError.self) { try answer.get() }
                default:
                    guard case .content(let served) = try answer.get() else { throw Unexpected(what: "\(answer)") }
                    #expect(served.key == keys[number] && served.version == 1 && served.etag == "\"1.1\"")
                    #expect(served.content.bytes == Array(#"{"n":\#(number)}"#.utf8))
                }
            }
        }
    }

    @Test func aBatchSaysWhatASingleQuestionDoes() async throws {
        try await RunningRegistry.with { client, _ in
            _ = try await client.create(chain.records[0].content, as: key)
            guard case .content(let alone) = try await client.head(of: key),
                case .content(let batched) = try await client.heads(of: [DocumentRequest(key)])[0].get()
            else { throw Unexpected(what: "no content") }
            #expect(alone.signedFacts == batched.signedFacts && alone.content == batched.content)
            #expect(alone.etag == batched.etag && alone.epoch == batched.epoch)
        }
    }

    @Test func largeContentsTakeSeveralRequests() async throws {
        try await RunningRegistry.with { client, _ in
            let large = try Content(
                parsing: Array((#"{"a":""# + String(repeating: "x", count: 1_000_000) + #""}"#).utf8))
            let keys = try (0..<20).map { try DocumentKey(service: "s\($0)") }
            for key in keys { _ = try await client.create(large, as: key) }
            let answers = try await client.heads(of: keys.map { DocumentRequest($0) })
            for (key, answer) in zip(keys, answers) {
                guard case .content(let served) = try answer.get() else { throw Unexpected(what: "no content") }
                #expect(served.key == key && served.content == large)
            }
            #expect(answers.count == 20)
        }
    }

    @Test func theQuestionIsAskedWithAllItsConditions() async throws {
        let server = try ScriptedHTTPServer { _ in .json(200, #"{"documents":[{"status":304,"etag":"\"1.5\""}]}"#) }
        let question = DocumentRequest(key, ifNoneMatch: "\"1.5\"", minimumVersion: 5, epoch: RecordChain.firstEpoch)
        let answers = try await RegistryClient(url: server.url).heads(of: [question], isFresh: true)
        #expect(try answers[0].get() == .notModified(etag: "\"1.5\""))
        let request = try #require(server.requests.first)
        #expect(request.headers["cache-control"] == "no-cache")
        let body = #"""
            {"documents":[{"service_name":"parsing","environment":"prod","if_none_match":"\"1.5\"","min_version":5,"epoch":"\#(RecordChain.firstEpoch)"}]}
            """#
        #expect(String(decoding: request.body, as: UTF8.self) == body)
    }

    @Test func nothingIsAskedAboutNothing() async throws {
        let server = try ScriptedHTTPServer { _ in .json(500, "") }
        #expect(try await RegistryClient(url: server.url).heads(of: []).isEmpty)
        #expect(server.requests.isEmpty)
    }

    @Test(arguments: [
        #"{}"#, #"{"documents":[]}"#, #"{"documents":[{"status":200},{"status":200}]}"#, "[]",
    ])
    func anAnswerThatIsNoListOfAnswersIsRefused(_ body: String) async throws {
        let server = try ScriptedHTTPServer { _ in .json(200, body) }
        let client = try RegistryClient(url: server.url)
        let error = try await failure { () throws(RegistryClientError) in
            try await client.heads(of: [DocumentRequest(key)])
        }
        #expect(error.code == .invalidAnswer)
    }

    enum Lie: CaseIterable {
        case otherDocument, otherContent, otherTag, noEpoch, older, uncalledFor
    }

    @Test(arguments: Lie.allCases)
    func aLieAboutOneDocumentIsRefusedInItsPlace(_ lie: Lie) async throws {
        let record = chain.records[1]
        let truth = Self.entry(record)
        let other = RecordChain(try DocumentKey(service: "other", environment: "prod"), [#"{"a":1}"#, #"{"a":2.0}"#])
        let told =
            switch lie {
            case .otherDocument: Self.entry(other.records[1])
            case .otherContent: truth.replacing(#"{"a":2.0}"#, with: #"{"a":3.0}"#)
            case .otherTag: truth.replacing(#"1.2"#, with: "1.3")
            case .noEpoch: truth.replacing(#""epoch":"\#(record.epoch)","record""#, with: #""record""#)
            case .older: Self.entry(chain.records[0])
            case .uncalledFor: #"{"status":304,"etag":"\"1.2\""}"#
            }
        let server = try ScriptedHTTPServer { _ in .json(200, #"{"documents":[\#(told),\#(truth)]}"#) }
        let question = DocumentRequest(key, minimumVersion: 2, epoch: record.epoch)
        let answers = try await RegistryClient(url: server.url).heads(of: [question, DocumentRequest(key)])
        #expect(answers[0].failure?.code == .invalidAnswer)
        guard case .content(let served) = try answers[1].get() else { throw Unexpected(what: "no content") }
        #expect(served.content == record.content)
    }

    private static func entry(_ record: VersionRecord) -> String {
        let bytes = String(decoding: record.jsonBytes, as: UTF8.self)
        return #"{"status":200,"etag":"\"1.\#(record.version)\"","epoch":"\#(record.epoch)","record":\#(bytes)}"#
    }
}

extension RegistryClient.HeadResult {
    fileprivate var failure: RegistryClientError? {
        if case .failure(let error) = self { error } else { nil }
    }
}
