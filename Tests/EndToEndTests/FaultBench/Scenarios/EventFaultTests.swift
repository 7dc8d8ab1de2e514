import ConfigModel
import TestSupport
import Testing

extension FaultBench {
    /// Events get lost, or are sent by somebody who should not.
    @Suite struct EventFaultTests {
        @Test func theLastEventsAreLostAndTheSlowPollFindsWhatTheyWouldHaveTold() async throws {
            let scenario = FaultScenario(
                name: "last event dropped",
                injected:
                    "from the fault to the very end nothing that the broker sends reaches the watchers (poll every 2 s)",
                parties: FaultParties(pollSeconds: 2), mark: { $0.world.proxies.watchers.proxy.damagedCount > 0 }
            ) { world in
                world.proxies.watchers.proxy.dropAnswers()
                try await world.hold()
            }
            try await scenario.run()
        }

        /// Over TLS a changed byte ends the connection; without, every reader has to bear it.
        @Test(arguments: FaultMode.allCases)
        func bytesOfWhatTheBrokerSendsAreChangedOnTheirWayToWatchersAndAudit(mode: FaultMode) async throws {
            let scenario = FaultScenario(
                name: "bytes changed on the way",
                injected:
                    "for three phases one byte is changed in half of the packets from the broker to watchers and audit",
                parties: FaultParties(mode: mode),
                mark: { $0.world.proxies.watchers.proxy.damagedCount > 0 }
            ) { world in
                let readers = [world.proxies.watchers.proxy, world.proxies.audit.proxy]
                for proxy in readers { proxy.changeAnswers() }
                try await world.hold(3)
                for proxy in readers {
                    proxy.cut()
                    proxy.mend()
                }
            }
            try await scenario.run()
        }

        @Test(arguments: HostileEvents.allCases)
        func hostileEventsAreSentIntoTheLoad(kind: HostileEvents) async throws {
            let scenario = FaultScenario(
                name: "\(kind) events", injected: kind.injected,
                mark: { $0.world.heard.hostile >= HostileEvents.rounds }
            ) { world in
                let poisoner = try await world.bench.startPoisoner()
                for _ in 1...HostileEvents.rounds {
                    for message in try kind.messages(in: world) {
                        try await poisoner.publish(message.body, about: message.key)
                    }
                    try await world.hold(0.1)
                }
            }
            try await scenario.run()
        }
    }
}
