import ConfigModel
import Logging
import TestSupport
import Testing

@testable import ConfigWatcher
@testable import RegistrySource
@testable import WatcherCore

/// What would otherwise go wrong in silence is a line in the log, once.
@Suite("Remarks in the log", .timeLimit(.minutes(1)))
struct RemarksTests {
    private struct Pool: Decodable, Sendable {
        let maxConnections: Int
        let host: String?
    }

    private let log = LogRecorder()

    private func messages(_ beginning: String) -> [LogRecorder.Line] {
        log.lines.filter { $0.message.hasPrefix(beginning) }
    }

    private func watcher(_ scene: WatcherScene, _ options: WatcherOptions = WatcherOptions()) throws
        -> ConfigWatcher<Pool>
    {
        ConfigWatcher(
            key: try DocumentKey(parsing: "parsing/prod"), reading: scene.registry, events: .bus(scene.bus),
            options: options, logger: log.logger)
    }

    private static func content(_ count: Int, host: String = "a") -> String {
        #"{"host":"\#(host)","max_connections":\#(count)}"#
    }

    @Test func aPathThatIsInNoDocumentIsNamedWithItsHandlerAndTheNameThatTheDocumentHas() async throws {
        var history = try TestHistory(contents: [Self.content(1)])
        let scene = WatcherScene(history.head)
        let watcher = try watcher(scene)
        for (name, path) in [("swift", "maxConnections"), ("unknown", "db.port"), ("right", "max_connections")] {
            watcher.onReload(name, path: ConfigPath(path)) { _, _ in }
        }
        try await running(watcher) {
            _ = try await watcher.ready()
            try await scene.publish(try history.publish(Self.content(2)))
            try await watcher.waitFor(version: 2)
        }
        let lines = messages("the path of a handler leads to nothing")
        #expect(lines.map { "\($0.metadata["config.handler"] ?? "")" } == ["swift", "unknown"])
        #expect(lines.map { "\($0.metadata["config.path"] ?? "")" } == ["maxConnections", "db.port"])
        #expect(lines.first?.metadata["error"].map { "\($0)" } == "The document has /max_connections.")
    }

    @Test(arguments: [nil, Placeholders.none, .allowing(["OTHER_THAN_THAT"])])
    func placeholdersThatStayAreNamedOnceUnlessTheApplicationSaysWhatToDoWithThem(_ placeholders: Placeholders?)
        async throws
    {
        var history = try TestHistory(contents: [Self.content(1, host: "${DB_HOST}")])
        let scene = WatcherScene(history.head)
        let watcher = try watcher(scene, WatcherOptions(placeholders: placeholders))
        let kind = placeholders.map { $0 == Placeholders.none } ?? true ? Outcome.Kind.applied : .rejected
        var outcomes = watcher.outcomes.makeAsyncIterator()
        try await running(watcher) {
            _ = try await outcome(kind, 1, in: &outcomes)
            try await eventually("subscribed") { scene.registry.reads.count >= 2 }
            try await scene.publish(try history.publish(Self.content(2, host: "${DB_HOST}")))
            _ = try await outcome(kind, 2, in: &outcomes)
        }
        let lines = messages("placeholders like ${NAME} are not replaced")
        #expect(lines.map { "\($0.metadata["config.path"] ?? "")" } == (placeholders == nil ? ["/host"] : []))
    }

    @Test(arguments: [("plain $5 {", false), ("$${NAME}", false), ("${", false), ("a ${NAME:-b}", true)])
    func onlyWhatWouldBeReplacedIsAPlaceholder(text: String, isPlaceholder: Bool) throws {
        var object = JSONObject()
        object["list"] = .array([.string("x"), .string(text)])
        #expect(PlaceholderExpansion.places(in: object).map { "\($0)" } == (isPlaceholder ? ["/list/1"] : []))
        #expect(!isPlaceholder || PlaceholderExpansion.mayHavePlaceholders(object.canonicalBytes))
    }

    @Test func twoHandlersOfOneNameAreSaid() throws {
        let watcher = try watcher(WatcherScene())
        for name in ["a", "b", "a"] { watcher.onReload(name) { _, _ in } }
        #expect(messages("two handlers have the same name").map { "\($0.metadata["config.handler"] ?? "")" } == ["a"])
    }

    @Test func aHandlerThatIsStuckIsNamedInTheLogAndInHealthUntilItReturns() async throws {
        var history = try TestHistory(contents: [Self.content(1)])
        let scene = WatcherScene(history.head)
        let watcher = try watcher(scene)
        let door = Door()
        watcher.onReload("deaf", timeout: .milliseconds(10)) { _, new in
            if new.maxConnections == 2 { await door.wait() }
        }
        var outcomes = watcher.outcomes.makeAsyncIterator()
        try await running(watcher) {
            _ = try await outcome(.applied, 1, in: &outcomes)
            try await eventually("subscribed") { scene.registry.reads.count >= 2 }
            for version in 2...3 {
                try await scene.publish(try history.publish(Self.content(version)))
                _ = try await outcome(version == 2 ? .rejected : .applied, Int64(version), in: &outcomes)
            }
            #expect(watcher.health.status == .degraded)
            #expect(watcher.health.reason == "The handler 'deaf' has not returned from an earlier version.")
            door.open()
            try await eventually("taken part again") { watcher.health.status == .healthy }
        }
        let lines = messages("a handler has not returned within twice its time")
        #expect(lines.map { "\($0.metadata["config.handler"] ?? "")" } == ["deaf"] && lines[0].level == .warning)
        #expect(messages("a handler that was stuck has returned").count == 1)
    }

    @Test func aPrefixWithNothingBelowIsSaidOnceOneWithDocumentsIsNot() async throws {
        let scene = WatcherScene()
        scene.registry.set(try TestHistory("full.a/prod", contents: [Self.content(1)]).version(1))
        let group = WatcherGroup(reading: scene.registry, events: .bus(scene.bus), logger: log.logger)
        let prefixes = try ["empty", "full"].map {
            try group.follow(Pool.self, prefix: $0, environment: "prod")
        }
        try await running(group) {
            _ = try await eventually("listed") { prefixes.allSatisfy(\.isListed) }
        }
        let lines = messages("there is no document below a prefix")
        #expect(lines.map { "\($0.metadata["config.document"] ?? "")" } == ["empty.#/prod"])
    }

    @Test(arguments: ["tenants.", ".tenants", "tenants..acme", "tenants.#", ""])
    func aPrefixThatIsNotMadeOfWordsIsRefused(prefix: String) throws {
        let group = WatcherGroup(reading: ScriptedRegistry(), events: .serverSentEvents, logger: log.logger)
        #expect(throws: (any Error).self) { try group.follow(prefix: prefix, environment: "prod") }
        #expect(throws: (any Error).self) { try group.follow(Pool.self, prefix: prefix, environment: "prod") }
    }
}
