import ConfigModel
import FoundationEssentials
import TestSupport
import Testing

@testable import ConfigWatcher
@testable import RegistrySource
@testable import WatcherCore

@Suite(.timeLimit(.minutes(1))) struct SecretReferenceTests {
    private struct Database: Decodable, Sendable, Equatable {
        enum Mode: String, Decodable, Sendable { case fast, safe }

        var password: String
        var mode: Mode?
        var tokens: [String]?
    }

    private static let document = #"{"password":{"$secret":"test:db"},"tokens":["a",{"$secret":"test:token"}]}"#
    private static let secret = "hunter2-åé"

    @Test func readersAndHandlersSeeTheSecretAndNothingElseDoes() async throws {
        try await withTemporaryCache { directory in
            let scene = WatcherScene(try TestHistory(contents: [Self.document]).head)
            let log = LogRecorder()
            let watcher = try watcher(scene, cache: .directory(directory), log)
            let handled = CallLog()
            watcher.onReload("database") { _, new in handled.add(new.password) }
            watcher.validate("talkative") { .warning("the password is \($0.password)") }
            var outcomes = watcher.outcomes.makeAsyncIterator()
            try await running(watcher) {
                let applied = try await outcome(.applied, 1, in: &outcomes)
                let snapshot = watcher.current
                #expect(snapshot.value?.password == Self.secret && snapshot.value?.tokens == ["a", "token"])
                #expect(handled.entries == [Self.secret])
                #expect(snapshot.get("password", default: "") == Self.secret)
                #expect(snapshot.get("tokens.1", default: "") == "token")
                #expect(snapshot.content?.bytes == Array(Self.document.utf8))
                #expect(applied.contentHash == SHA256Text.hash(Array(Self.document.utf8)))
                #expect(applied.warnings == ["talkative: the password is [secret]"])
                #expect(!"\(applied)\(snapshot)\(snapshot.secrets)".contains(Self.secret))
                #expect(!String(reflecting: snapshot.secrets).contains(Self.secret))
                try await eventually("the cache is written") { try Self.files(directory).contains { !$0.isEmpty } }
            }
            for bytes in try Self.files(directory) {
                let text = String(decoding: bytes, as: UTF8.self)
                #expect(text.contains("test:db") && !text.contains(Self.secret))
            }
            #expect(!log.lines.isEmpty && !log.lines.contains { "\($0)".contains(Self.secret) })
        }
    }

    @Test func whatRanLastRunsFromTheCacheWithItsSecrets() async throws {
        try await withTemporaryCache { directory in
            let scene = WatcherScene(try TestHistory(contents: [Self.document]).head)
            let first = try watcher(scene, cache: .directory(directory))
            try await running(first) {
                _ = try await first.ready()
                try await eventually("the cache is written") { try Self.files(directory).contains { !$0.isEmpty } }
            }
            scene.registry.isReachable = false
            let second = try watcher(scene, cache: .directory(directory))
            try await running(second) {
                let value = try await second.ready().value
                #expect(value?.password == Self.secret)
            }
        }
    }

    @Test(arguments: [
        (#"{"a":{"b":{"$secret":"vault:x"}}}"#, "/a/b"), (#"{"a":{"$secret":"test:none"}}"#, "/a"),
        (#"{"a":[{"$secret":5}]}"#, "/a/0"), (#"{"a":{"$secret":"no colon"}}"#, "/a"),
        (#"{"a":{"$secret":null}}"#, "/a"),
        (#"{"x/y":{"$secret":"test:large"}}"#, "/x~1y"), (#"{"a":{"$secret":{"$secret":"test:db"}}}"#, "/a"),
        (#"{"a":{"$secret":"test:none"},"b":{"$secret":"test:fails"}}"#, "/b"),
    ])
    func whatCannotBeResolvedIsRejectedWithItsPlace(json: String, pointer: String) async throws {
        let history = try TestHistory(contents: [#"{"password":"old"}"#, json])
        let attempt = await reload(history, limit: .milliseconds(200))
        guard case .invalid(let reason, _) = attempt.verdict else {
            Issue.record("\(String(describing: attempt.verdict))")
            return
        }
        #expect(reason.contains("\(pointer): "))
        #expect(attempt.current.get("password", default: "") == "old")
        #expect(attempt.contentHash == SHA256Text.hash(Array(json.utf8)))
    }

    @Test(arguments: ["hangs", "fails"])
    func whatMayBeFoundLaterIsTriedAgain(place: String) async throws {
        let json = "{\"a\":\(Self.reference(place))}"
        let attempt = await reload(try TestHistory(contents: ["{}", json]), limit: .milliseconds(200))
        guard case .refused(let reason, isTransient: true, kind: _) = attempt.verdict else {
            Issue.record("\(String(describing: attempt.verdict))")
            return
        }
        #expect(reason.contains("/a: "))
    }

    @Test func aDocumentWithoutResolversIsRejectedWhenItNamesSecrets() async throws {
        let scene = WatcherScene(try TestHistory(contents: [Self.document]).head)
        let watcher = try scene.watcher()
        var outcomes = watcher.outcomes.makeAsyncIterator()
        try await running(watcher) {
            let rejected = try await outcome(.rejected, 1, in: &outcomes)
            #expect(rejected.reason?.contains("/password: ") == true)
            #expect(rejected.reason?.contains("WatcherOptions.secrets") == true)
            #expect(rejected.reason?.contains("test:db") == false)
        }
    }

    @Test(arguments: [
        #"{"a":{"$secret":"test:db","b":1}}"#, #"{"a":{"$secrets":"test:db"}}"#, #"{"a":"$secret"}"#,
        #"{"$secrets":1}"#,
        #"{"a":{"secret":"$secret"}}"#,
    ])
    func onlyAnObjectWithThisOneMemberIsAReference(json: String) async throws {
        let attempt = await reload(try TestHistory(contents: ["{}", json]))
        let expected = try Content(parsing: Array(json.utf8)).object
        #expect(attempt.verdict == .applied && attempt.current.object == expected)
    }

    @Test func aSecretIsNoReasonToRevealIt() async throws {
        let json = #"{"password":"p","mode":{"$secret":"test:db"}}"#
        let scene = WatcherScene(try TestHistory(contents: [json]).head)
        let watcher = try watcher(scene)
        var outcomes = watcher.outcomes.makeAsyncIterator()
        try await running(watcher) {
            let rejected = try await outcome(.rejected, 1, in: &outcomes)
            #expect(rejected.reason?.contains("mode") == true && rejected.reason?.contains(Self.secret) == false)
        }
    }

    @Test func whatAHandlerThrowsIsReportedWithoutSecrets() async throws {
        struct Refused: Error {
            let value: String
        }
        let scene = WatcherScene(try TestHistory(contents: [Self.document]).head)
        let watcher = try watcher(scene)
        watcher.onReload("database") { _, new in throw Refused(value: new.password) }
        var outcomes = watcher.outcomes.makeAsyncIterator()
        try await running(watcher) {
            let rejected = try await outcome(.rejected, 1, in: &outcomes)
            #expect(rejected.reason?.contains("[secret]") == true)
            #expect(!"\(rejected)".contains(Self.secret))
        }
    }

    @Test func eachPlaceIsAskedForOnceAndThereIsALimitToAllOfThem() async throws {
        let calls = CallLog()
        let many = (1...1_000).map { _ in #"{"$secret":"test:token"}"# }.joined(separator: ",")
        let attempt = await reload(try TestHistory(contents: ["{}", "{\"a\":[\(many)]}"]), calls: calls)
        #expect(attempt.verdict == .applied && calls.entries == ["token"])
        let tooMany = await reload(try TestHistory(contents: ["{}", "{\"a\":[\(many),\(Self.reference("db"))]}"]))
        #expect(tooMany.isInvalid)
        let whole = await reload(try TestHistory(contents: ["{}", Self.reference("db")]))
        #expect(whole.isInvalid)
        let large = (1...20).map { _ in Self.reference("kilobytes") }.joined(separator: ",")
        let tooLarge = await reload(try TestHistory(contents: ["{}", "{\"a\":[\(large)]}"]))
        #expect(tooLarge.isInvalid)
    }

    @Test func aToolThatPassesDocumentsOnKeepsReferences() async throws {
        let scene = WatcherScene(try TestHistory(contents: [Self.document]).head)
        let group = WatcherGroup(reading: scene.registry, events: .bus(scene.bus))
        let (documents, document) = AsyncStream.makeStream(of: ConfigDocument.self)
        group.watch(try DocumentKey(parsing: "parsing/prod"), timeout: .seconds(1)) { document.yield($0) }
        try await running(group) {
            var documents = documents.makeAsyncIterator()
            let passed = await documents.next()
            #expect(passed?.content.bytes == Array(Self.document.utf8))
            let reference = try JSONObject([("$secret", .string("test:db"))])
            #expect(passed?.object["password"] == .object(reference))
        }
    }

    @Test func referencesAreLookedForAfterTheMerge() async throws {
        let base = try TestHistory("parsing", contents: [#"{"password":{"$secret":"test:none"},"user":"u"}"#])
        let main = try TestHistory(contents: [#"{"password":{"$secret":"test:db"}}"#])
        let scene = WatcherScene(base.head, main.head)
        let watcher = try watcher(scene, overlay: true)
        try await running(watcher) {
            let snapshot = try await watcher.ready()
            #expect(snapshot.value?.password == Self.secret && snapshot.get("user", default: "") == "u")
        }
    }

    private static func reference(_ place: String) -> String { "{\"$secret\":\"test:\(place)\"}" }

    private static func files(_ directory: String) throws -> [[UInt8]] {
        try FileManager.default.contentsOfDirectory(atPath: directory).compactMap { name in
            FileManager.default.contents(atPath: "\(directory)/\(name)").map { Array($0) }
        }
    }

    private func watcher(
        _ scene: WatcherScene, cache: ConfigCache = .none, overlay: Bool = false, _ log: LogRecorder? = nil
    ) throws -> ConfigWatcher<Database> {
        var options = WatcherOptions(overlay: overlay)
        options.secrets = ["test": FixedSecrets()]
        return ConfigWatcher(
            key: try DocumentKey(parsing: "parsing/prod"), reading: scene.registry, events: .serverSentEvents,
            cache: cache, options: options,
            logger: log?.logger)
    }

    private struct Attempt {
        let verdict: ReloadReport.Verdict?
        let contentHash: String?
        let current: Snapshot<ConfigDocument>

        var isInvalid: Bool {
            if case .invalid = verdict { true } else { false }
        }
    }

    /// Loads the first version, then the second; says what came of the second.
    private func reload(_ history: TestHistory, calls: CallLog = CallLog(), limit: Duration = .seconds(5)) async
        -> Attempt
    {
        let reloader = ReloadPipeline<ConfigDocument>(
            key: history.key, isOverlay: false, decoder: .document, schema: nil, policy: .all,
            references: SecretReferences(["test": FixedSecrets(calls: calls)], limit: limit), logger: nil)
        var report: ReloadReport?
        for version in 1...2 {
            let layers = DocumentLayers(main: DocumentVersion(history.version(version)))
            report = await reloader.reload(ReloadJob(number: version, kind: .reload, layers: layers)).report
        }
        return Attempt(verdict: report?.verdict, contentHash: report?.contentHash, current: reloader.current)
    }

    /// What a test's documents can name.
    private struct FixedSecrets: SecretResolver {
        var calls = CallLog()

        func secret(at place: String) async throws -> String {
            calls.add(place)
            switch place {
            case "db": return SecretReferenceTests.secret
            case "token": return "token"
            case "large": return String(repeating: "x", count: 65_537)
            case "kilobytes": return String(repeating: "x", count: 60_000)
            case "hangs":
                await Door().wait()
                return ""
            case "fails": throw CancellationError()
            default: throw SecretError("There is none.")
            }
        }
    }
}
