import ConfigModel
import ConfigRegistry
import TestSupport
import Testing

extension FaultBench {
    /// One machine has another time than the others.
    @Suite struct ClockFaultTests {
        @Test func theClockOfOneRegistryJumpsAheadAndBack() async throws {
            let clock = JumpingClock()
            let scenario = FaultScenario(
                name: "clock jump on one registry",
                injected: "the clock of a third registry jumps an hour ahead, a day back, and home again",
                parties: FaultParties(clock: clock),
                mark: { evidence in
                    let future = Timestamp.now.milliseconds + 1_800_000
                    return evidence.documents.flatMap(\.history).contains { $0.createdAt.milliseconds > future }
                }
            ) { world in
                for distance in [Duration.seconds(3_600), .seconds(-86_400), .zero] {
                    clock.jump(to: distance)
                    try await world.hold()
                }
            }
            try await scenario.run()
        }
    }
}
