import AsyncSupport
import Testing

@Suite struct BackoffTests {
    @Test(arguments: [0.5...1, 0.1...1, 0...1, 1...1] as [ClosedRange<Double>])
    func pausesDoubleUpToTheLongest(_ jitter: ClosedRange<Double>) {
        for _ in 0..<50 {
            var backoff = Backoff(from: .milliseconds(100), upTo: .milliseconds(350), jitter: jitter)
            for longest in [100, 200, 350, 350].map({ Duration.milliseconds($0) }) {
                let pause = backoff.next()
                #expect((longest * jitter.lowerBound...longest * jitter.upperBound).contains(pause))
            }
        }
    }

    @Test func pausesAreShortAgainAfterASuccess() {
        var backoff = Backoff(from: .milliseconds(100), upTo: .seconds(10))
        for _ in 0..<8 { _ = backoff.next() }
        backoff.reset()
        #expect(backoff.next() <= .milliseconds(100))
    }
}
