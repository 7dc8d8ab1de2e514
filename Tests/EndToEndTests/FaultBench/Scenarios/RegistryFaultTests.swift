import ConfigModel
import Glibc
import TestSupport
import Testing

extension FaultBench {
    /// A registry dies or sleeps at the worst moment; the other one goes on.
    @Suite struct RegistryFaultTests {
        @Test func aRegistryIsKilledBetweenStoreAndPublish() async throws {
            let scenario = FaultScenario(
                name: "registry killed between store and publish",
                injected: "its way to the broker is frozen, it stores and acknowledges, then `kill -9`",
                mark: { $0.counts.late > 0 }
            ) { world in
                let proxy = world.proxies.registries[0].proxy
                proxy.freeze()
                try await world.hold()
                let unannounced = world.unannounced
                try await world.registries[0].process.kill9()
                #expect(unannounced > 0, "nothing was between store and publish")
                // What the proxy still holds is lost too.
                proxy.cut()
                try await world.hold()
                proxy.mend()
                try await world.restartRegistry(0)
            }
            try await scenario.run()
        }

        @Test func aRegistryIsKilledBetweenPublishAndConfirm() async throws {
            let scenario = FaultScenario(
                name: "registry killed between publish and confirm",
                injected: "what the broker answers it is lost, it publishes without a confirm, then `kill -9`",
                mark: { $0.counts.repeated > 0 }
            ) { world in
                let proxy = world.proxies.registries[0].proxy
                proxy.dropAnswers()
                try await world.hold()
                try await world.registries[0].process.kill9()
                proxy.cut()
                try await world.hold()
                proxy.mend()
                try await world.restartRegistry(0)
            }
            try await scenario.run()
        }

        @Test func registriesAreKilledUnderLoadOneAfterTheOther() async throws {
            let scenario = FaultScenario(
                name: "registries killed one after the other",
                injected: "`kill -9` of one, its restart, then of the other",
                mark: { $0.counts.resolved > 0 }
            ) { world in
                for index in 0...1 {
                    try await world.registries[index].process.kill9()
                    try await world.hold(0.5)
                    try await world.restartRegistry(index)
                    try await world.hold(0.5)
                }
            }
            try await scenario.run()
        }

        @Test func aPausedRegistryWakesAfterAnotherHasMovedOn() async throws {
            let scenario = FaultScenario(
                name: "registry paused",
                injected: "SIGSTOP for three phases while the other one moves on, then SIGCONT",
                // Its writers wait as long as they ever do, or as long as it sleeps.
                mark: { $0.counts.longestWrite > min(FaultLength.phase, FaultLength.attempt) }
            ) { world in
                let paused = world.registries[0].process
                paused.send(SIGSTOP)
                let before = world.load.acknowledged
                try await world.hold(3)
                let after = world.load.acknowledged
                paused.send(SIGCONT)
                #expect(after > before, "nobody moved on")
            }
            try await scenario.run()
        }
    }
}

extension FaultCluster {
    /// How many acknowledged versions nobody was told about yet.
    var unannounced: Int {
        load.recorder.operations.count { operation in
            operation.version.map { !heard.versions(of: operation.key).contains($0) } ?? false
        }
    }
}
