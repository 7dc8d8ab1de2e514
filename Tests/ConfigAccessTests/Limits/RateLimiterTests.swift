import ConfigAccess
import Testing

@Suite("Limits: a rate and a burst, with a clock that the test holds")
struct RateLimiterTests {
    private static let second: Int64 = 1_000_000_000

    @Test(
        arguments: [
            ("1000/2000", 1_000, 2_000), ("1/1", 1, 1), ("1000000/10000000", 1_000_000, 10_000_000),
        ] as [(String, Int64, Int64)])
    func aRateIsHowManyASecondAndHowManyAtOnce(_ text: String, _ perSecond: Int64, _ burst: Int64) {
        #expect(Rate(parsing: text) == Rate(perSecond: perSecond, burst: burst))
        #expect(Rate(parsing: text) != nil)
    }

    @Test(arguments: [
        "", "0", "5", "5/", "/5", "0/5", "5/0", "-1/5", "+1/5", "5/5/5", " 5/5", "1.5/2", "1000001/1", "1/10000001",
        "99999999999999999999/1",
    ])
    func whatIsNoRateIsNotRead(_ text: String) {
        #expect(Rate(parsing: text) == nil)
    }

    @Test(arguments: [(5, 10), (1, 1), (5_000, 10_000), (3, 7)] as [(Int64, Int64)])
    func theBurstPassesAtOnceAndThenOneAfterEachInterval(_ perSecond: Int64, _ burst: Int64) throws {
        let limiter = RateLimiter(try #require(Rate(perSecond: perSecond, burst: burst)))
        let start = 7 * Self.second
        for number in 0..<burst { #expect(limiter.take(at: start) == nil, "\(number)") }
        let wait = try #require(limiter.take(at: start))
        #expect(wait == Self.second / perSecond)
        #expect(limiter.take(at: start + wait - 1) == 1)
        #expect(limiter.take(at: start + wait) == nil)
        #expect(limiter.take(at: start + wait) != nil)
    }

    @Test func whatIsRefusedCostsNothing() throws {
        let limiter = RateLimiter(try #require(Rate(perSecond: 1, burst: 1)))
        #expect(limiter.take(at: 0) == nil)
        for _ in 0..<1_000 { #expect(limiter.take(at: 0) == Self.second) }
        #expect(limiter.take(at: Self.second) == nil)
    }

    @Test func afterAPauseThereIsABurstAgainAndNoMore() throws {
        let limiter = RateLimiter(try #require(Rate(perSecond: 5, burst: 10)))
        for start in [0, 3_600 * Self.second] {
            #expect((0..<20).count { _ in limiter.take(at: start) == nil } == 10)
        }
    }

    @Test func aCostCountsAsSoMany() throws {
        let limiter = RateLimiter(try #require(Rate(perSecond: 10, burst: 10)))
        #expect(limiter.take(8, at: 0) == nil)
        #expect(limiter.take(3, at: 0) == Self.second / 10)
        #expect(limiter.take(2, at: 0) == nil)
    }

    @Test func whatCostsMoreThanTheBurstIsTakenWhenTheBurstIsWhole() throws {
        let limiter = RateLimiter(try #require(Rate(perSecond: 10, burst: 10)))
        #expect(limiter.take(1_000, at: 0) == nil)
        #expect(limiter.take(at: 0) != nil)
        #expect(limiter.take(1_000, at: Self.second) == nil)
    }

    @Test(.timeLimit(.minutes(1))) func tasksTogetherTakeNoMoreThanTheBurst() async throws {
        let limiter = RateLimiter(try #require(Rate(perSecond: 1, burst: 500)))
        let taken = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<8 { group.addTask { (0..<200).count { _ in limiter.take(at: 0) == nil } } }
            return await group.reduce(0, +)
        }
        #expect(taken == 500)
    }

    @Test func eachClassOfAnIdentityHasALimitOfItsOwn() throws {
        var limits = AccessLimits()
        for requestClass in RequestClass.allCases { limits[requestClass] = Rate(perSecond: 1, burst: 1) }
        limits[.write] = nil
        let identity = IdentityLimits(limits)
        for requestClass in [RequestClass.read, .costly, .stream] {
            #expect(identity.take(requestClass, at: 0) == nil)
            #expect(identity.take(requestClass, at: 0) == Self.second)
        }
        for _ in 0..<100 { #expect(identity.take(.write, at: 0) == nil) }
    }

    @Test func streamsCountAsLongAsTheyAreOpen() {
        var limits = AccessLimits()
        limits.openStreams = 2
        let identity = IdentityLimits(limits)
        var open = [identity.openStream(), identity.openStream()]
        #expect(open.allSatisfy { $0 != nil })
        #expect(identity.openStream() == nil)
        open.removeLast()
        #expect(identity.openStream() != nil)
    }

    @Test func whatNeedsNoCredentialIsNotLimited() {
        let unlimited = Action.allCases.filter { $0.requestClass == nil }
        #expect(unlimited == [.probe, .readHealth])
    }
}
