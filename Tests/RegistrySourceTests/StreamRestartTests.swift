import Testing

@testable import RegistrySource

/// What a registry ends because of the credential.
@Suite("A stream that is ended")
struct StreamRestartTests {
    private let now = ContinuousClock.now

    @Test func isOpenedAgainAtOnceASecondTimeWithinTenSecondsAfterAPause() {
        var restart = StreamRestart()
        #expect(restart.pause(begunAt: now, at: now) == nil)
        let second = restart.pause(begunAt: now, at: now + .seconds(9))
        #expect(second.map { $0 > .zero && $0 <= .milliseconds(100) } == true)
        #expect(restart.pause(begunAt: now, at: now + .seconds(20)) == nil)
    }

    @Test func theMoreOftenItHardlyStoodTheLongerThePauseUpToHalfAMinute() {
        var restart = StreamRestart()
        var pauses: [Duration] = []
        for _ in 0..<40 { pauses += [restart.pause(begunAt: now, at: now)].compactMap(\.self) }
        #expect(pauses.count == 39 && pauses.max() ?? .zero > .seconds(5) && pauses.allSatisfy { $0 <= .seconds(30) })
        let worthwhile = restart.pause(begunAt: now, at: now + .seconds(2))
        #expect(worthwhile.map { $0 <= .milliseconds(100) } == true)
    }
}
