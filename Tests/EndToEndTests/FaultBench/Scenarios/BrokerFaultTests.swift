import ConfigModel
import Glibc
import TestSupport
import Testing

extension FaultBench {
    /// Whatever happens to the broker, writes go on, and everything is announced afterwards.
    @Suite struct BrokerFaultTests {
        @Test(.enabled(if: FaultLength.isLong, "Only in longer runs (CONFIGBUS_TEST_FAULTS=1): the next one is harder"))
        func theBrokerIsRestartedInOrder() async throws {
            let scenario = FaultScenario(
                name: "broker restarted", injected: "`rabbitmqctl stop_app`, a phase, `rabbitmqctl start_app`",
                mark: { $0.counts.late > 0 }
            ) { world in
                try await world.settings.control.run("stop_app")
                try await world.holdWithWrites()
                try await world.settings.control.run("start_app")
            }
            try await scenario.run()
        }

        @Test func theBrokerIsKilled() async throws {
            let scenario = FaultScenario(
                name: "broker killed", injected: "`kill -9` of the broker, a phase, a new start on the same data",
                mark: { $0.counts.late > 0 }
            ) { world in
                try world.settings.broker.send(SIGKILL)
                try await world.holdWithWrites()
                try await world.servers.start()
            }
            try await scenario.run()
        }

        @Test func theBrokerRaisesAMemoryAlarm() async throws {
            let scenario = FaultScenario(
                name: "broker memory alarm",
                injected: "`rabbitmqctl set_vm_memory_high_watermark 0.000001` for two phases: publishers are blocked",
                mark: { $0.counts.late > 0 }
            ) { world in
                try await world.settings.control.run("set_vm_memory_high_watermark", "0.000001")
                try await world.holdWithWrites(2)
                try await world.settings.control.run("set_vm_memory_high_watermark", "0.4")
            }
            try await scenario.run()
        }

        @Test func theBrokerFreezesItAcceptsConnectionsAndSaysNothing() async throws {
            let scenario = FaultScenario(
                name: "broker frozen", injected: "SIGSTOP of the broker for six phases (heartbeat 2 s), then SIGCONT",
                mark: { $0.counts.late > 0 }
            ) { world in
                try world.settings.broker.send(SIGSTOP)
                try await world.holdWithWrites(6)
                try world.settings.broker.send(SIGCONT)
            }
            try await scenario.run()
        }

        @Test func allConnectionsToTheBrokerAreCutAgainAndAgain() async throws {
            let scenario = FaultScenario(
                name: "connections cut", injected: "every party's connection to the broker is cut ten times",
                mark: { $0.world.proxies.all.allSatisfy { $0.connectionCount > 2 } }
            ) { world in
                for _ in 1...10 {
                    for proxy in world.proxies.all { proxy.cut() }
                    try await world.hold(0.1)
                    for proxy in world.proxies.all { proxy.mend() }
                    try await world.hold(0.2)
                }
            }
            try await scenario.run()
        }
    }
}
