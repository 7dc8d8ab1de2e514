import ConfigModel
import TestSupport
import Testing

extension FaultBench {
    /// The broker's administrator takes away what others use.
    @Suite struct BrokerAdministrationTests {
        @Test func allQueuesAreDeletedUnderTheirConsumers() async throws {
            let scenario = FaultScenario(
                name: "queues deleted under the consumers",
                injected: "every queue of watchers, registries and audit is deleted",
                mark: FaultScenario.provenByInjection
            ) { world in
                try await world.untilReconnected {
                    let deleted = try await world.settings.control.run("eval", Self.deletion).joined()
                    // Two registries, two watchers and the audit.
                    #expect(deleted.split(separator: "{ok,").count > 5, "deleted: \(deleted)")
                }
            }
            try await scenario.run()
        }

        @Test func allConnectionsAndAllChannelsAreClosedFromOutside() async throws {
            let scenario = FaultScenario(
                name: "connections and channels closed",
                injected: "`rabbitmqctl close_all_connections`, then the broker's process of every channel is killed",
                mark: FaultScenario.provenByInjection
            ) { world in
                try await world.untilReconnected {
                    try await world.settings.control.run("close_all_connections", "--vhost", "/", "fault bench")
                }
                try await world.untilReconnected {
                    try await world.settings.control.run("eval", Self.channelEnd)
                }
            }
            try await scenario.run()
        }

        @Test func theExchangeIsDeletedAndMadeAgainAndNobodyIsToldThatAllBindingsAreGone() async throws {
            let scenario = FaultScenario(
                name: "exchange deleted",
                injected: """
                    the exchange is deleted and made again while the registries are away: watchers and audit go on, bound \
                    to nothing (poll every 2 s; the audit's connection is cut at last)
                    """,
                parties: FaultParties(pollSeconds: 2), mark: { $0.world.heard.subscriptions > 1 }
            ) { world in
                for registry in world.proxies.registries { registry.proxy.cut() }
                let before = world.heard.subscriptions
                try await world.settings.servers.broker.rawClient().deleteExchange(world.bench.exchange)
                // The recorder makes it again, and is the only one that knows.
                try await world.heard.waitUntilSubscribed(after: before)
                for registry in world.proxies.registries { registry.proxy.mend() }
                try await world.holdWithWrites(2)
                world.proxies.audit.proxy.cut()
                world.proxies.audit.proxy.mend()
            }
            try await scenario.run()
        }

        /// `rabbitmqctl delete_queue` takes seconds for each; only the recorder of the bench keeps its queue.
        private static let deletion = """
            [rabbit_amqqueue:delete(Queue, false, false, <<"test">>) || Queue <- rabbit_amqqueue:list(), \
            binary:match(element(4, amqqueue:get_name(Queue)), <<"configbus.recorder">>) =:= nomatch].
            """
        private static let channelEnd = "[exit(Channel, kill) || Channel <- rabbit_channel:list_local()]."
    }
}

extension FaultCluster {
    /// Does something to the broker's connections and waits until every party has made a new one.
    fileprivate func untilReconnected(after fault: () async throws -> Void) async throws {
        let before = proxies.all.map(\.connectionCount)
        try await fault()
        try await eventually("every party's new connection") {
            zip(before, proxies.all.map(\.connectionCount)).allSatisfy { $0 < $1 }
        }
        try await hold(0.5)
    }
}
