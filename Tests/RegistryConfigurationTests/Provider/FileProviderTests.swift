import ConfigWatcher
import Configuration
import ConfigurationTesting
import FileSource
import FoundationEssentials
import RegistryConfiguration
import RegistrySource
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct FileProviderTests {
    @Test(arguments: [ProviderMode.following, .ttl(.seconds(60))])
    func aFileBehavesAsEveryProvider(mode: ProviderMode) async throws {
        try await TemporaryDirectory.with { directory in
            let path = try write(ProviderCompatibilityTests.document, in: directory)
            let provider = try await RegistryConfigProvider(
                key: "parsing/prod", source: .file(path), mode: mode, logger: nil)
            try await ProviderCompatTest(provider: provider).runTest()
        }
    }

    /// The source is the one thing that differs.
    @Test func aServiceMovesFromAFileToTheRegistryByOneLine() async throws {
        try await TemporaryDirectory.with { directory in
            let path = try write(#"{"limits":{"requests":1}}"#, in: directory)
            try await serve(source: .file(path)) { _ = try write(#"{"limits":{"requests":2}}"#, in: directory) }
        }
        try await ServedRegistry.with { client, _ in
            try await client.publish(#"{"limits":{"requests":1}}"#)
            try await serve(source: .registry(client)) { try await client.publish(#"{"limits":{"requests":2}}"#) }
        }
    }

    /// A service that follows a limit, which `change` makes 2.
    private func serve(source: some ConfigSource, change: () async throws -> Void) async throws {
        let provider = try await RegistryConfigProvider(key: "parsing/prod", source: source, logger: nil)
        let config = ConfigReader(
            providers: [EnvironmentVariablesProvider(environmentVariables: [:]), provider]
        ).scoped(to: "limits")
        try await config.watchInt(forKey: "requests", default: 100) { updates in
            var limits = updates.makeAsyncIterator()
            let first = await limits.next(isolation: #isolation)
            #expect(first == 1)
            try await change()
            let second = await limits.next(isolation: #isolation)
            #expect(second == 2)
        }
    }

    private func write(_ json: String, in directory: TemporaryDirectory) throws -> String {
        let path = directory.path + "/parsing.json"
        try Data(json.utf8).write(to: URL(filePath: path), options: .atomic)
        return path
    }
}
