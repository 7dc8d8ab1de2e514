import ConfigModel
import Glibc
import TestSupport
import Testing

extension FaultBench {
    /// The replica set loses its primary; what was acknowledged stays.
    @Suite struct DatabaseFaultTests {
        @Test func thePrimaryStepsDown() async throws {
            let scenario = FaultScenario(
                name: "MongoDB primary steps down",
                injected: "`replSetStepDown`, twice, so that another member takes over",
                mark: FaultScenario.provenByInjection
            ) { world in
                for _ in 1...2 {
                    let primary = try await world.settings.primary()
                    try await world.settings.stepDown(primary)
                    try await world.untilWritable(without: primary)
                }
            }
            try await scenario.run()
        }

        @Test func thePrimaryIsKilled() async throws {
            let scenario = FaultScenario(
                name: "MongoDB primary killed", injected: "`kill -9` of the primary, a fail-over, its restart",
                mark: { $0.counts.longestWrite > .seconds(1) }
            ) { world in
                let primary = try await world.settings.primary()
                try primary.process.send(SIGKILL)
                try await world.untilWritable(without: primary)
                try await world.hold()
                try await world.servers.start()
            }
            try await scenario.run()
        }

        @Test func thePrimaryIsPausedAndWakesWhenThereIsAnotherOne() async throws {
            let scenario = FaultScenario(
                name: "MongoDB primary paused",
                injected: "SIGSTOP of the primary until there is another one, then SIGCONT",
                mark: { $0.counts.longestWrite > .seconds(1) }
            ) { world in
                let primary = try await world.settings.primary()
                try primary.process.send(SIGSTOP)
                // Until it wakes, the third member reports its progress to nobody else, and nothing is on a majority.
                _ = try await world.settings.primary(otherThan: primary)
                try primary.process.send(SIGCONT)
                try await world.untilWritable(without: primary)
            }
            try await scenario.run()
        }
    }
}

extension FaultCluster {
    /// Waits until another member is the primary, and until some changes were acknowledged that were begun afterwards.
    fileprivate func untilWritable(without former: FaultServerSettings.Member) async throws {
        _ = try await settings.primary(otherThan: former)
        let now = ContinuousClock.now
        try await eventually("acknowledged writes", within: .seconds(60)) {
            load.recorder.operations.count { $0.version != nil && $0.began > now } >= 2 * FaultLoad.writers
        }
    }
}
