import Testing

@testable import RegistrySource

/// What a registry, or something on the way to it, breaks off.
@Suite("A stream that is lost", .timeLimit(.minutes(1)))
struct StreamLossesTests {
    @Test func isOpenedAgainAfterLongerAndLongerPausesAlsoWhenItStoodForAMomentEachTime() {
        var losses = StreamLosses()
        let results = (0..<40).map { _ in losses.add(stoodFor: .seconds(1)) }
        #expect(results[0].pause <= .milliseconds(100) && results.map(\.pause).max() ?? .zero > .seconds(5))
        #expect(results.allSatisfy { $0.pause > .zero && $0.pause <= .seconds(30) })
        #expect(results.map(\.isNews) == [true] + Array(repeating: false, count: 39))
    }

    @Test func isNewsAndOpenedSoonAfterItStoodForAWhile() {
        var losses = StreamLosses()
        for _ in 0..<40 { _ = losses.add(stoodFor: .zero) }
        let later = losses.add(stoodFor: StreamLosses.steady)
        #expect(later.isNews && later.pause <= .milliseconds(100))
    }

    @Test func isNoNewsWhenItNeverStood() {
        var losses = StreamLosses()
        let (first, second) = (losses.add(stoodFor: nil), losses.add(stoodFor: .zero))
        #expect(!first.isNews && second.isNews)
    }

    @Test(arguments: [(Duration.zero, 100), (Duration.seconds(30), 30_000), (Duration.seconds(4_294_967_295), 300_000)])
    func isNotOpenedBeforeTheRegistryWantsIt(wish: Duration, milliseconds: Int) {
        var losses = StreamLosses()
        let pause = losses.add(stoodFor: nil, retryAfter: wish).pause
        #expect(pause == .milliseconds(milliseconds))
    }

    @Test func isSilentWhenNoMessageCameAndNotOnceAllHeadsWereSent() async {
        let beginning = StreamBeginning()
        let before = await beginning.isSilent(for: .milliseconds(1))
        beginning.end()
        let after = await beginning.isSilent(for: .zero)
        #expect(before && !after)
    }
}
