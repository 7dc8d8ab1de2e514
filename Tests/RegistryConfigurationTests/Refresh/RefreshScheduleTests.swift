import TestSupport
import Testing

@testable import RegistryConfiguration

/// In virtual time: nothing waits.
@Suite struct RefreshScheduleTests {
    private typealias Instant = ContinuousClock.Instant
    private let start = ContinuousClock.now

    @Test func anAccessReadsMemoryThenRefreshesBehindThenIsExpired() {
        var schedule = RefreshSchedule(ttl: .seconds(60), refreshAhead: 0.8, now: start)
        #expect(schedule.isExpired(at: start))
        let begins = [schedule.begin(at: start), schedule.begin(at: start)]
        #expect(begins == [true, false], "one at a time")
        schedule.succeeded(since: start)
        let beginsEarly = schedule.begin(at: start + .seconds(47))
        #expect(!beginsEarly && !schedule.isExpired(at: start + .seconds(47)))
        #expect(!schedule.isExpired(at: start + .seconds(59)) && schedule.isExpired(at: start + .seconds(60)))
        let beginsAhead = schedule.begin(at: start + .seconds(48))
        #expect(beginsAhead)
    }

    /// 10 minutes of accesses at 100 a second with a time to live of one second.
    @Test(arguments: [1, 2, 3] as [UInt64])
    func readsAreBoundedByTheTimeToLiveWhateverIsAccessed(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let run = simulate(
            ttl: .seconds(1), accesses: 60_000, every: .milliseconds(10),
            latency: Duration.milliseconds(1)...Duration.milliseconds(50),
            outage: nil, &random)
        #expect(run.reads.count <= 780, "1.3 a second")
        #expect(run.reads.count >= 540)
        #expect(run.expiredAccesses == 1, "only the first one: a refresh ahead comes in time")
    }

    /// An outage of 30 seconds in the middle of a minute.
    @Test(arguments: [1, 2, 3] as [UInt64], [Duration.seconds(1), .seconds(10), .seconds(3_600)])
    func anOutageCostsOneReadAPause(seed: UInt64, ttl: Duration) {
        var random = SeededGenerator(seed: seed)
        let outage = (start + .seconds(15))..<(start + .seconds(45))
        let run = simulate(
            ttl: ttl, accesses: 6_000, every: .milliseconds(10),
            latency: Duration.milliseconds(1)...Duration.milliseconds(5),
            outage: outage, &random)
        let failed = run.reads.filter { outage.contains($0) }
        for (left, right) in zip(failed, failed.dropFirst()) { #expect(right - left >= min(ttl, .seconds(1)) * 0.8) }
        // 1, 2, 4, 8, 16 s with a spread of a fifth, or a time to live of one second each time.
        #expect(failed.count <= (ttl == .seconds(1) ? 38 : 7))
    }

    @Test func aRefreshThatFailedIsRepeatedLaterAndLaterUpToHalfAMinute() {
        var schedule = RefreshSchedule(ttl: .seconds(3_600), refreshAhead: 0.8, now: start)
        var (now, pauses) = (start, [Duration]())
        for _ in 0..<8 {
            let begins = schedule.begin(at: now)
            #expect(begins)
            schedule.failed(at: now, spread: 1)
            guard let due = schedule.due else { return }
            pauses.append(due - now)
            now = due
        }
        #expect(pauses == [1, 2, 4, 8, 16, 30, 30, 30].map { Duration.seconds($0) })
        let begins = schedule.begin(at: now)
        #expect(begins)
        schedule.succeeded(since: now)
        #expect(schedule.due == now + .seconds(2_880))
    }

    @Test func aShortTimeToLiveIsTheLongestPause() {
        var schedule = RefreshSchedule(ttl: .milliseconds(200), refreshAhead: 0.5, now: start)
        let begins = schedule.begin(at: start)
        #expect(begins)
        schedule.failed(at: start, spread: 1.2)
        #expect(schedule.due == start + .milliseconds(240))
    }

    @Test func nothingIsReadWithoutAnAccess() {
        var random = SeededGenerator(seed: 1)
        let run = simulate(
            ttl: .seconds(1), accesses: 1, every: .seconds(600), latency: Duration.zero...Duration.zero, outage: nil,
            &random)
        #expect(run.reads.count == 1)
    }

    private struct Run {
        var reads: [Instant] = []
        var expiredAccesses = 0
    }

    private func simulate(
        ttl: Duration, accesses: Int, every step: Duration, latency: ClosedRange<Duration>, outage: Range<Instant>?,
        _ random: inout SeededGenerator
    ) -> Run {
        var schedule = RefreshSchedule(ttl: ttl, refreshAhead: 0.8, now: start)
        var run = Run()
        var underWay: (began: Instant, ends: Instant)?
        for access in 0..<accesses {
            let now = start + step * access
            if let read = underWay, read.ends <= now {
                underWay = nil
                if outage?.contains(read.began) ?? false {
                    schedule.failed(at: read.ends, spread: .random(in: 0.8...1.2, using: &random))
                } else {
                    schedule.succeeded(since: read.began)
                }
            }
            if schedule.isExpired(at: now) { run.expiredAccesses += schedule.isRefreshing ? 0 : 1 }
            guard schedule.begin(at: now) else { continue }
            run.reads.append(now)
            let part = Double.random(in: 0...1, using: &random)
            underWay = (now, now + latency.lowerBound + (latency.upperBound - latency.lowerBound) * part)
        }
        return run
    }
}
