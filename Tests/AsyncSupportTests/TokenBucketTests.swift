import AsyncSupport
import Testing

@Suite("A token bucket") struct TokenBucketTests {
    @Test func letsABurstThroughAndThenAsManyAsFitIntoTheTimeThatPasses() {
        let bucket = TokenBucket(perSecond: 10, burst: 5)
        let start = ContinuousClock.now
        func taken(at time: Duration) -> Int { (0..<100).count { _ in bucket.take(at: start + time) } }
        #expect(taken(at: .zero) == 5)
        #expect(taken(at: .milliseconds(99)) == 0)
        #expect(taken(at: .milliseconds(100)) == 1)
        #expect(taken(at: .milliseconds(350)) == 2)
        #expect(taken(at: .seconds(100)) == 5)
    }

    @Test func doesNotCountCallsThatItRefused() {
        let bucket = TokenBucket(perSecond: 1, burst: 1)
        let start = ContinuousClock.now
        #expect(bucket.take(at: start))
        for millisecond in stride(from: 0, to: 1_000, by: 100) {
            #expect(!bucket.take(at: start + .milliseconds(millisecond)))
        }
        #expect(bucket.take(at: start + .seconds(1)))
    }
}
