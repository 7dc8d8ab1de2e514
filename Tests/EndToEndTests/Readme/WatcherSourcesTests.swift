import ConfigWatcher
import EventBus
import RabbitBus
import RegistryClient
import RegistrySource
import Testing

@Suite("The sources of docs/watcher.md") struct WatcherSourcesTests {
    @Test func eachWayToDescribeARegistryMakesAGroup() throws {
        let client = try RegistryClient(url: "http://127.0.0.1:1")
        let groups = [
            try WatcherGroup(source: .registry("http://127.0.0.1:1", credentials: .token("token"))),
            WatcherGroup(source: .registry(client)),
            WatcherGroup(source: .registry(client, events: InProcessBus())),
            WatcherGroup(
                source: .registry(client, events: .bus(InProcessBus(), exchange: "mine", publishers: ["registry"]))),
            WatcherGroup(source: .registry(client, events: .polling(every: .seconds(30)))),
        ]
        #expect(try groups.allSatisfy { try $0.watch(key: "parsing/prod").state == .starting })
    }

    @Test func anAddressThatCannotBeUsedIsRefusedWhenTheSourceIsMade() {
        #expect(throws: RegistryClientError.self) { try WatcherGroup(source: .registry("not an address")) }
    }

    /// It is enough that this compiles: a bus on RabbitMQ connects as soon as it is made.
    private func rabbitMQ(_ client: RegistryClient, _ uri: String) throws -> WatcherGroup {
        try WatcherGroup(source: .registry(client, events: .rabbitMQ(uri)))
    }
}
