import ConfigWatcher
import Configuration
import ConfigurationTesting
import RegistryClient
import RegistryConfiguration
import RegistrySource
import ServiceLifecycle
import TestSupport
import Testing

/// Over HTTP.
@Suite(.timeLimit(.minutes(1))) struct RealRegistryTests {
    @Test(arguments: [ProviderMode.following, .ttl(.seconds(60))])
    func itBehavesAsEveryProvider(mode: ProviderMode) async throws {
        try await ServedRegistry.with { client, _ in
            try await client.publish(ProviderCompatibilityTests.document)
            let provider = try await RegistryConfigProvider(
                key: "parsing/prod", source: .registry(client), mode: mode, logger: nil)
            try await ProviderCompatTest(provider: provider).runTest()
        }
    }

    @Test(arguments: [ProviderMode.following, .ttl(.milliseconds(200))])
    func valuesStayWhileTheRegistryIsRestartedAndChangeAfterwards(mode: ProviderMode) async throws {
        let store = InMemoryVersionStore()
        let seen = Recorder<Int?>()
        let (provider, port) = try await ServedRegistry.with(store: store) { client, port in
            try await client.publish(#"{"limit":1}"#)
            let provider = try await RegistryConfigProvider(
                key: "parsing/prod", source: .registry("http://127.0.0.1:\(port)"), mode: mode, logger: nil)
            return (provider, port)
        }
        let config = ConfigReader(
            providers: [EnvironmentVariablesProvider(environmentVariables: [:]), provider])
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await config.watchInt(forKey: "limit") { updates in
                    for await value in updates { seen.add(value) }
                }
            }
            try await eventually("the first value") { seen.values == [1] }
            #expect(try await config.fetchInt(forKey: "limit") == 1, "the registry is away")
            #expect(config.int(forKey: "limit") == 1)
            try await ServedRegistry.with(store: store, port: port) { client, _ in
                try await client.publish(#"{"limit":2}"#)
                try await eventually("the second value") { seen.values == [1, 2] }
                #expect(config.int(forKey: "limit") == 2)
            }
            group.cancelAll()
        }
    }

    /// Accesses without a pause for three times to live.
    @Test func withATimeToLiveReadsAreFewAndNoConnectionStands() async throws {
        try await ServedRegistry.with { client, _ in
            try await client.publish(#"{"limit":1}"#)
            let registry = CountedRegistry(client)
            let source = RegistrySource(reading: registry, events: .serverSentEvents)
            let provider = try await RegistryConfigProvider(
                key: "parsing/prod", source: source, mode: .ttl(.milliseconds(200)), logger: nil)
            #expect(registry.reads == 1)
            let start = ContinuousClock.now
            var accesses = 0
            while ContinuousClock.now - start < .milliseconds(700) {
                _ = try provider.value(forKey: ["limit"], type: .int)
                accesses += 1
                await Task.yield()
            }
            // A read is due after 160 ms at the earliest; a slow machine makes fewer.
            let most = 2 + Int((ContinuousClock.now - start) / .milliseconds(160))
            #expect(registry.reads <= most && registry.reads >= 2 && accesses > registry.reads)
            #expect(registry.streams == 0)
            let reads = registry.reads
            try await Task.sleep(for: .milliseconds(400))
            #expect(registry.reads <= reads + 1, "nothing is read while nothing is accessed")
            #expect(provider.watcher.state == .stale)
            try await client.publish(#"{"limit":2}"#)
            let fetched = try await provider.fetchValue(forKey: ["limit"], type: .int)
            #expect(fetched.value?.content == .int(2), "a fetch waits for the read")
        }
    }

    @Test func inAServiceGroupItEndsWithTheOthersAndItsValuesStay() async throws {
        try await ServedRegistry.with { client, _ in
            try await client.publish(#"{"limit":1}"#)
            let provider = try await RegistryConfigProvider(
                key: "parsing/prod", source: .registry(client), logger: nil)
            let group = ServiceGroup(services: [provider], logger: .silent)
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask { try await group.run() }
                try await client.publish(#"{"limit":2}"#)
                try await eventually("applied") { try provider.content("limit", .int) == .int(2) }
                await group.triggerGracefulShutdown()
                try await tasks.waitForAll()
            }
            #expect(provider.watcher.state == .stopped)
            #expect(try provider.content("limit", .int) == .int(2))
            #expect(try await provider.fetchValue(forKey: ["limit"], type: .int).value?.content == .int(2))
        }
    }
}
