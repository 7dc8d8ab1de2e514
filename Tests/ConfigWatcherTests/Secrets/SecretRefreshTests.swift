import ConfigModel
import Synchronization
import TestSupport
import Testing

@testable import ConfigWatcher
@testable import RegistrySource
@testable import WatcherCore

@Suite(.timeLimit(.minutes(1))) struct SecretRefreshTests {
    private struct Login: Decodable, Sendable, Equatable {
        let password: String
    }

    private static let document = #"{"password":{"$secret":"test:db"}}"#

    @Test func aSecretThatChangedIsLoadedThroughTheHandlers() async throws {
        let secrets = ChangingSecrets("one")
        let watcher = try watcher([Self.document], secrets)
        let calls = CallLog()
        watcher.onReload("database", path: "password") { old, new in
            calls.add("\(old?.password ?? "-") > \(new.password)")
        }
        var outcomes = watcher.outcomes.makeAsyncIterator()
        try await refreshing(watcher) {
            _ = try await outcome(.applied, 1, in: &outcomes)
            secrets.value = "two"
            let applied = try await outcome(.applied, 1, in: &outcomes)
            #expect(applied.contentHash == SHA256Text.hash(Array(Self.document.utf8)))
            #expect(watcher.current.value?.password == "two")
            #expect(calls.entries == ["- > one", "one > two"])
        }
    }

    @Test func nothingIsLoadedWhileTheSecretsAreTheSame() async throws {
        let secrets = ChangingSecrets("one")
        let watcher = try watcher([Self.document], secrets)
        try await refreshing(watcher) {
            _ = try await watcher.ready()
            let reads = secrets.reads
            try await eventually("they were found again") { secrets.reads > reads + 2 }
            #expect(watcher.statistics.reloads == 1)
        }
    }

    @Test func whatIsNotFoundOrIsRefusedIsSaidOnceAndWhatRanRunsOn() async throws {
        let secrets = ChangingSecrets("one")
        let watcher = try watcher([Self.document], secrets)
        watcher.validate("not two") { $0.password == "two" ? .invalid("refused") : .valid }
        var outcomes = watcher.outcomes.makeAsyncIterator()
        try await refreshing(watcher) {
            _ = try await outcome(.applied, 1, in: &outcomes)
            for value in [nil, "two"] {
                secrets.value = value
                let rejected = try await outcome(.rejected, 1, in: &outcomes)
                #expect(rejected.reason?.contains(value == nil ? "/password: " : "refused") == true)
                let reads = secrets.reads
                try await eventually("they were found again") { secrets.reads > reads + 2 }
            }
            #expect(watcher.statistics.reloads == 3)
            #expect(watcher.current.value?.password == "one" && watcher.state == .current)
            secrets.value = "three"
            _ = try await outcome(.applied, 1, in: &outcomes)
            #expect(watcher.current.value?.password == "three")
        }
    }

    @Test func whatIsPinnedStaysPinned() async throws {
        let secrets = ChangingSecrets("one")
        let history = try TestHistory(contents: [Self.document, #"{"password":"plain"}"#])
        let scene = WatcherScene(history.version(1))
        let watcher = try watcher(scene, secrets)
        var outcomes = watcher.outcomes.makeAsyncIterator()
        try await refreshing(watcher) {
            _ = try await outcome(.applied, 1, in: &outcomes)
            scene.registry.publish(history.version(2))
            _ = try await outcome(.applied, 2, in: &outcomes)
            _ = try await watcher.rollback(to: .version(1))
            secrets.value = "two"
            _ = try await outcome(.applied, 1, in: &outcomes)
            #expect(watcher.current.value?.password == "two" && watcher.state == .pinned)
        }
    }

    private func watcher(_ contents: [String], _ secrets: ChangingSecrets) throws -> ConfigWatcher<Login> {
        try watcher(WatcherScene(try TestHistory(contents: contents).head), secrets)
    }

    private func watcher(_ scene: WatcherScene, _ secrets: ChangingSecrets) throws -> ConfigWatcher<Login> {
        var options = WatcherOptions()
        options.secrets = ["test": secrets]
        return ConfigWatcher(
            key: try DocumentKey(parsing: "parsing/prod"), reading: scene.registry, events: .serverSentEvents,
            options: options)
    }

    private func refreshing(_ watcher: ConfigWatcher<Login>, _ body: () async throws -> Void) async throws {
        try await running(watcher) {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await watcher.refreshSecrets(every: .milliseconds(20)).run() }
                try await body()
                group.cancelAll()
            }
        }
    }

    /// One secret that a test changes.
    private final class ChangingSecrets: SecretResolver {
        private let state: Mutex<(value: String?, reads: Int)>

        init(_ value: String) { state = Mutex((value, 0)) }

        var value: String? {
            get { state.withLock { $0.value } }
            set { state.withLock { $0.value = newValue } }
        }

        var reads: Int { state.withLock { $0.reads } }

        func secret(at place: String) async throws -> String {
            let value = state.withLock { state in
                state.reads += 1
                return state.value
            }
            guard let value else { throw SecretError("It is gone.") }
            return value
        }
    }
}
