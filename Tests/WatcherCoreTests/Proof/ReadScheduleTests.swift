import TestSupport
import Testing

@testable import WatcherCore

@Suite("When the registry is asked")
struct ReadScheduleTests {
    private let now = Instant.now

    private func schedule(interval: Duration = .seconds(60)) -> ReadSchedule {
        ReadSchedule(interval: interval, jitter: Jitter(seed: 1), now: now)
    }

    @Test func nothingIsReadWithoutAReason() {
        var schedule = schedule()
        #expect(schedule.begin(at: now) == nil)
        #expect(schedule.begin(at: now + .seconds(50)) == nil)
    }

    @Test func thePollReadsWhenNothingElseDidALittleEarlierOrLaterEachTime() throws {
        var schedule = schedule()
        let wake = try #require(schedule.wake)
        #expect(wake >= now + .seconds(54) && wake <= now + .seconds(66))
        #expect(schedule.begin(at: wake) != nil)
        schedule.answered(at: wake, broughtNews: false, leavesDoubt: false)
        let next = try #require(schedule.wake)
        #expect(next >= wake + .seconds(54) && next <= wake + .seconds(66))
        #expect(next - wake != wake - now)
    }

    @Test func onDemandNothingIsReadByItselfAndAFailureIsNotRepeated() {
        var schedule = ReadSchedule(interval: .seconds(60), isOnDemand: true, jitter: Jitter(seed: 1), now: now)
        let tomorrow = now + .seconds(86_400)
        let unasked = schedule.begin(at: tomorrow)
        #expect(unasked == nil && schedule.wake == nil)
        for _ in 0..<2 {
            schedule.add(ReadNeeds(demand: 1))
            let asked = schedule.begin(at: now)
            #expect(asked?.demand == 1)
            schedule.failed(at: now, retryAfter: .seconds(1))
            let repeated = schedule.begin(at: tomorrow)
            #expect(repeated == nil && schedule.wake == nil)
        }
        schedule.add(ReadNeeds(demand: 2))
        _ = schedule.begin(at: now)
        schedule.answered(at: now, broughtNews: true, leavesDoubt: false)
        #expect(schedule.wake == nil)
    }

    @Test func onlyOneReadIsUnderWayReasonsThatComeMeanwhileAreKept() {
        var schedule = schedule()
        schedule.add(ReadNeeds(isResync: true))
        #expect(schedule.begin(at: now) != nil)
        schedule.add(ReadNeeds(demand: 4))
        #expect(schedule.begin(at: now) == nil)
        #expect(schedule.wake == nil)
        schedule.answered(at: now, broughtNews: false, leavesDoubt: false)
        #expect(schedule.begin(at: now)?.demand == 4)
    }

    @Test func somethingUnprovenIsLookedIntoAtOnceTheNextTimeASecondLater() throws {
        var schedule = schedule()
        schedule.add(ReadNeeds(isSuspicious: true))
        #expect(schedule.begin(at: now) != nil)
        schedule.answered(at: now, broughtNews: false, leavesDoubt: false)
        schedule.add(ReadNeeds(isSuspicious: true))
        #expect(schedule.begin(at: now) == nil)
        let wake = try #require(schedule.wake)
        #expect(wake >= now + .seconds(1) && wake <= now + .milliseconds(1_250))
        #expect(schedule.begin(at: wake) != nil)
    }

    @Test(arguments: [ReadNeeds(isResync: true), ReadNeeds(demand: 1)])
    func demandsAndNewSubscriptionsNeedNoToken(needs: ReadNeeds) {
        var schedule = schedule()
        for _ in 0..<5 {
            schedule.add(needs)
            #expect(schedule.begin(at: now) != nil)
            schedule.answered(at: now, broughtNews: false, leavesDoubt: false)
        }
    }

    @Test func aReadThatFailedIsRepeatedFurtherAndFurtherApartUpToTheIntervalOfThePoll() throws {
        var schedule = schedule(interval: .seconds(10))
        schedule.add(ReadNeeds(isResync: true))
        var moment = now
        var pauses: [Duration] = []
        for _ in 0..<20 {
            #expect(schedule.begin(at: moment) != nil)
            schedule.failed(at: moment, retryAfter: nil)
            let wake = try #require(schedule.wake)
            pauses.append(wake - moment)
            moment = wake
        }
        #expect(pauses[0] <= .milliseconds(250))
        #expect(pauses.allSatisfy { $0 > .zero && $0 <= .seconds(10) })
        #expect(pauses.suffix(10).max() ?? .zero > .seconds(1))
    }

    @Test func whatMustBeFreshIsStillReadAsSuchWhenTheFirstReadFailed() throws {
        var schedule = schedule()
        schedule.add(ReadNeeds(isResync: true, isFresh: true))
        #expect(schedule.begin(at: now)?.isFresh == true)
        schedule.failed(at: now, retryAfter: nil)
        let wake = try #require(schedule.wake)
        #expect(schedule.begin(at: wake)?.isFresh == true)
        schedule.answered(at: wake, broughtNews: false, leavesDoubt: false)
        let poll = try #require(schedule.wake)
        #expect(schedule.begin(at: poll)?.isFresh == false)
    }

    @Test func theRegistrysWishToBeLeftAloneIsFollowed() throws {
        var schedule = schedule()
        schedule.add(ReadNeeds(isResync: true))
        _ = schedule.begin(at: now)
        schedule.failed(at: now, retryAfter: .seconds(5))
        #expect(try #require(schedule.wake) >= now + .seconds(5))
    }

    /// Whatever is lost or announced meanwhile.
    @Test(arguments: [ReadNeeds(), ReadNeeds(isResync: true), ReadNeeds(isSuspicious: true)])
    func beforeThatOnlyADemandIsServedAndWhatAnOperatorWants(needs: ReadNeeds) throws {
        var schedule = schedule(interval: .seconds(1))
        schedule.add(ReadNeeds(isResync: true))
        _ = schedule.begin(at: now)
        schedule.failed(at: now, retryAfter: .seconds(30))
        for second in 1..<30 {
            schedule.add(needs)
            let unwanted = schedule.begin(at: now + .seconds(second))
            #expect(unwanted == nil)
        }
        let wake = try #require(schedule.wake)
        #expect(wake >= now + .seconds(30))
        var demanded = schedule
        demanded.add(ReadNeeds(demand: 1))
        let request = demanded.begin(at: now + .seconds(1))
        #expect(request?.demand == 1)
        var refreshed = schedule
        refreshed.add(ReadNeeds(isResync: true, isUrgent: true))
        let urgent = refreshed.begin(at: now + .seconds(1))
        refreshed.failed(at: now + .seconds(1), retryAfter: .seconds(30))
        let again = refreshed.begin(at: now + .seconds(2))
        #expect(urgent?.isUrgent == true && again == nil, "once")
        #expect(schedule.begin(at: wake) != nil)
    }

    @Test(arguments: [(Duration.zero, 100), (Duration.seconds(40), 40_000), (Duration.seconds(4_294_967_295), 300_000)])
    func theWishIsFollowedForATenthOfASecondToFiveMinutes(wish: Duration, milliseconds: Int) throws {
        var schedule = schedule(interval: .seconds(10))
        schedule.add(ReadNeeds(isResync: true))
        _ = schedule.begin(at: now)
        schedule.failed(at: now, retryAfter: wish)
        let wake = try #require(schedule.wake)
        #expect(wake >= now + .milliseconds(milliseconds) && wake <= now + .milliseconds(max(milliseconds, 250)))
    }

    @Test func aClaimSurvivesAReadThatFailed() throws {
        var schedule = schedule()
        let claim = Claim(try TestHistory.numbered(3).event(3), nil)
        schedule.add(ReadNeeds(claim: claim, isSuspicious: true))
        _ = schedule.begin(at: now)
        schedule.failed(at: now, retryAfter: nil)
        let wake = try #require(schedule.wake)
        #expect(schedule.begin(at: wake)?.claim == claim)
    }
}
