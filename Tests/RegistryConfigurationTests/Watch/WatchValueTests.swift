import ConfigWatcher
import Configuration
import RegistryConfiguration
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct WatchValueTests {
    private static let modes: [ProviderMode] = [.following, .ttl(.milliseconds(100), refreshAhead: 0.1)]
    private let key: AbsoluteConfigKey = ["settings", "v"]

    @Test(arguments: modes, ConfigType.all)
    func eachResultThatIsAnotherForTheTypeIsPassedOn(mode: ProviderMode, type: ConfigType) async throws {
        let server = try DocumentServer("{}")
        let provider = try await server.provider(mode)
        let samples = type.samples
        try await provider.watchValue(forKey: key, type: type) { updates in
            var results = updates.makeAsyncIterator()
            let first = try await results.next(isolation: #isolation)?.get()
            #expect(first == LookupResult(encodedKey: "settings.v", value: nil))
            // Absent to present, three values, and back.
            for json in samples.map({ Optional($0.json) }) + [nil, samples[0].json] {
                try server.publish(Self.document(json))
                let result = try await results.next(isolation: #isolation)?.get()
                #expect(result?.value?.content == samples.first { $0.json == json }?.content)
            }
            // To another type, and back.
            try server.publish(Self.document(type.otherJSON))
            let failure = await results.next(isolation: #isolation)
            #expect(throws: WatcherError.self) { try failure?.get() }
            try server.publish(Self.document(samples[1].json))
            let last = try await results.next(isolation: #isolation)?.get()
            #expect(last?.value?.content == samples[1].content)
        }
    }

    @Test(arguments: modes)
    func aVersionThatLeavesTheResultAsItIsIsNoUpdate(mode: ProviderMode) async throws {
        let server = try DocumentServer(#"{"settings":{"v":1}}"#)
        let provider = try await server.provider(mode)
        try await provider.watchValue(forKey: key, type: .int) { updates in
            var results = updates.makeAsyncIterator()
            _ = await results.next(isolation: #isolation)
            // The same content, the same value written in another way, another value elsewhere, and the wrong type twice.
            for json in ["1", "1.0"] { try await publish(Self.document(json), server, provider) }
            try await publish(#"{"settings":{"v":1,"w":2}}"#, server, provider)
            try server.publish(Self.document("2"))
            let next = try await results.next(isolation: #isolation)?.get()
            #expect(next?.value?.content == .int(2))
            for json in ["\"a\"", "\"b\"", "3"] { try await publish(Self.document(json), server, provider) }
            let last = try await lastResult(&results, until: .int(3))
            #expect(last <= 2, "the failure, if it was seen at all, and the value")
        }
    }

    @Test func twoReadersGetTheSame() async throws {
        let server = try DocumentServer(Self.document("0"))
        let provider = try await server.provider()
        let seen = [Recorder<ConfigContent?>(), Recorder()]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for reader in seen {
                group.addTask {
                    try await provider.watchValue(forKey: key, type: .int) { updates in
                        for await result in updates {
                            let content = try result.get().value?.content
                            reader.add(content)
                            if content == .int(3) { return }
                        }
                    }
                }
            }
            for number in 1...3 {
                try await eventually("both read \(number - 1)") {
                    seen.allSatisfy { $0.values.last == .some(.some(.int(number - 1))) }
                }
                try server.publish(Self.document("\(number)"))
            }
            try await group.waitForAll()
        }
        let expected = (0...3).map { ConfigContent.int($0) as ConfigContent? }
        for reader in seen { #expect(reader.values == expected) }
    }

    @Test func aSlowReaderGetsTheNewest() async throws {
        let server = try DocumentServer(Self.document("0"))
        let provider = try await server.provider()
        try await provider.watchValue(forKey: key, type: .int) { updates in
            var results = updates.makeAsyncIterator()
            _ = await results.next(isolation: #isolation)
            for number in 1...20 { try await publish(Self.document("\(number)"), server, provider) }
            let newest = try await results.next(isolation: #isolation)?.get()
            #expect(newest?.value?.content == .int(20))
            try server.publish(Self.document("21"))
            let next = try await results.next(isolation: #isolation)?.get()
            #expect(next?.value?.content == .int(21), "and none of those in between afterwards")
        }
    }

    @Test(arguments: modes)
    func theSequenceEndsWhenItsTaskIsCancelled(mode: ProviderMode) async throws {
        let provider = try await DocumentServer(Self.document("1")).provider(mode)
        let (begun, beginning) = AsyncStream.makeStream(of: Void.self)
        let reader = Task {
            try await provider.watchValue(forKey: key, type: .int) { updates in
                var count = 0
                for await _ in updates {
                    count += 1
                    beginning.yield()
                }
                return count
            }
        }
        for await _ in begun { break }
        reader.cancel()
        let count = try await reader.value
        #expect(count == 1)
    }

    @Test func itDoesNotEndWithTheWatcherSoThatTheProviderBesideItIsStillFollowed() async throws {
        let server = try DocumentServer(Self.document("1"))
        let provider = try await server.provider()
        let beside = MutableInMemoryProvider(initialValues: [:])
        let config = ConfigReader(providers: [beside, provider])
        try await config.watchInt(forKey: "settings.v") { updates in
            var values = updates.makeAsyncIterator()
            let first = await values.next(isolation: #isolation)
            #expect(first == 1)
            provider.watcher.stop()
            try await eventually("stopped") { provider.watcher.state == .stopped }
            beside.setValue(7, forKey: key)
            let next = await values.next(isolation: #isolation)
            #expect(next == 7)
        }
    }

    private static func document(_ json: String?) -> String {
        json.map { "{\"settings\":{\"v\":\($0)}}" } ?? "{\"settings\":{}}"
    }

    /// Publishes a version and waits until it runs.
    private func publish(_ json: String, _ server: DocumentServer, _ provider: RegistryConfigProvider) async throws {
        let version = provider.watcher.current.version
        try server.publish(json)
        try await eventually("applied") {
            // With a time to live an access is what reads.
            _ = provider.snapshot()
            return provider.watcher.current.version > version
        }
    }

    /// Reads results until one has this content; returns how many there were.
    private func lastResult(
        _ results: inout some AsyncIteratorProtocol<Result<LookupResult, any Error>, Never>, until wanted: ConfigContent
    ) async throws -> Int {
        var count = 0
        while let result = await results.next(isolation: #isolation) {
            count += 1
            if let content = try? result.get().value?.content, content == wanted { break }
        }
        return count
    }
}
