import ConfigWatcher
import Configuration
import ConfigurationTesting
import RegistryConfiguration
import RegistrySource
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct ProviderCompatibilityTests {
    /// The keys of `ProviderCompatTest`, bytes as base64.
    static let document = """
        {"string":"Hello","int":42,"double":3.14,"bool":true,"bytes":"bWFnaWM=","stringy":{"array":["Hello","World"]},\
        "inty":{"array":[42,24]},"doubly":{"array":[3.14,2.72]},"booly":{"array":[true,false]},\
        "byteChunky":{"array":["bWFnaWM=","bWFnaWMy"]},\
        "other":{"string":"Other Hello","int":24,"double":2.72,"bool":false,"bytes":"bWFnaWMy",\
        "stringy":{"array":["Hello","Swift"]},"inty":{"array":[16,32]},"doubly":{"array":[0.9,1.8]},\
        "booly":{"array":[false,true,true]},"byteChunky":{"array":["bWFnaWM=","bWFnaWMy","bWFnaWM="]}}}
        """

    @Test(arguments: ProviderMode.all, [false, true])
    func itBehavesAsEveryProvider(mode: ProviderMode, isLenient: Bool) async throws {
        let server = try DocumentServer(Self.document)
        let provider = try await server.provider(mode, reading: ConfigReading(isLenient: isLenient))
        try await ProviderCompatTest(provider: provider).runTest()
    }

    @Test func itBehavesSoOverAWatcherOfAGroup() async throws {
        let group = WatcherGroup(source: try DocumentServer(Self.document), logger: nil)
        let watcher = try group.watch(key: "parsing/prod")
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            _ = try await watcher.ready()
            try await ProviderCompatTest(provider: RegistryConfigProvider(watcher)).runTest()
            tasks.cancelAll()
        }
    }
}
