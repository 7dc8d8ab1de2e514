import ConfigModel
import ConfigWatcher
import Configuration
import RegistryConfiguration
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct FetchTests {
    @Test func aFetchReadsWhatWasPublishedAndRunsItThroughTheHandlers() async throws {
        let server = try DocumentServer(#"{"n":1}"#)
        let provider = try await RegistryConfigProvider(key: server.key, source: server, logger: nil) {
            $0.validate("positive") { $0.object["n"] == nil ? .invalid("n is missing") : .valid }
        }
        let config = ConfigReader(provider: provider)
        server.silence()
        try server.publish(#"{"n":2}"#)
        #expect(config.int(forKey: "n") == 1)
        #expect(try await config.fetchInt(forKey: "n") == 2)
        #expect(config.int(forKey: "n") == 2)
        try server.publish("{}")
        #expect(try await config.fetchInt(forKey: "n") == 2, "a version that is refused leaves what ran")
    }

    @Test func allWhoFetchAtOneMomentShareOneConditionalRead() async throws {
        let server = try DocumentServer(#"{"n":1}"#)
        server.silence()
        let provider = try await server.provider()
        let (reads, unchanged) = (server.reads, server.unchanged)
        server.hold()
        try await withThrowingTaskGroup(of: LookupResult.self) { group in
            for _ in 0..<100 {
                group.addImmediateTask { try await provider.fetchValue(forKey: ["n"], type: .int) }
            }
            try await eventually("the read came") { server.waiting == 1 }
            server.release()
            for try await result in group { #expect(result.value?.content == .int(1)) }
        }
        #expect(server.reads == reads + 1 && server.unchanged == unchanged + 1)
    }

    @Test func whileTheRegistryIsAwayAFetchReturnsTheLastKnownValue() async throws {
        let server = try DocumentServer(#"{"n":1}"#)
        let provider = try await server.provider()
        server.isReachable = false
        let config = ConfigReader(provider: provider)
        #expect(try await config.fetchInt(forKey: "n", default: 7) == 1)
    }

    @Test(arguments: ProviderMode.all)
    func onWishItThrowsThen(mode: ProviderMode) async throws {
        let server = try DocumentServer(#"{"n":1}"#)
        server.isReachable = false
        let provider = try await server.provider(
            mode, options: .impatient, reading: ConfigReading(fetching: .throwing))
        await #expect(throws: WatcherError.self) { try await provider.fetchValue(forKey: ["n"], type: .int) }
    }

    @Test(arguments: ProviderMode.all)
    func beforeAnyValueAFetchFindsNone(mode: ProviderMode) async throws {
        let server = try DocumentServer(#"{"n":1}"#)
        server.isReachable = false
        let provider = try await server.provider(mode, options: .impatient)
        let config = ConfigReader(provider: provider)
        #expect(try await config.fetchInt(forKey: "n") == nil)
        #expect(try await config.fetchInt(forKey: "n", default: 7) == 7)
    }

    @Test func aFetchThatIsCancelledEndsAndTheOthersGoOn() async throws {
        let server = try DocumentServer(#"{"n":1}"#)
        server.silence()
        let provider = try await server.provider()
        server.hold()
        let cancelled = Task { try await provider.fetchValue(forKey: ["n"], type: .int) }
        try await eventually("the read came") { server.waiting == 1 }
        let other = Task { try await provider.fetchValue(forKey: ["n"], type: .int).value?.content }
        cancelled.cancel()
        await #expect(throws: CancellationError.self) { try await cancelled.value }
        server.release()
        #expect(try await other.value == .int(1))
    }
}
