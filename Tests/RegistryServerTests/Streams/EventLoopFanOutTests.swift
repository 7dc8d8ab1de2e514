import NIOCore
import NIOPosix
import Testing

@testable import RegistryServer

@Suite(.timeLimit(.minutes(1))) struct EventLoopFanOutTests {
    /// When a slice is over with the first piece, and when there is time for all.
    @Test(arguments: [
        (TimeAmount.zero, ["piece 0", "other", "piece 1", "piece 2"]),
        (.hours(1), ["piece 0", "piece 1", "piece 2", "other"]),
    ])
    func othersOfTheEventLoopAreServedInBetween(_ slice: TimeAmount, _ order: [String]) async throws {
        let eventLoop = MultiThreadedEventLoopGroup.singleton.next()
        let done = NIOLoopBoundBox.makeBoxSendingValue([String](), eventLoop: eventLoop)
        let last = eventLoop.makePromise(of: Void.self)
        try await eventLoop.submit {
            let fanOut = EventLoopFanOut(eventLoop, slice: slice)
            for number in 0..<3 {
                fanOut.add {
                    done.value.append("piece \(number)")
                    if done.value.count == 4 { last.succeed() }
                }
            }
            eventLoop.execute {
                done.value.append("other")
                if done.value.count == 4 { last.succeed() }
            }
        }.get()
        try await last.futureResult.get()
        #expect(try await eventLoop.submit { done.value }.get() == order)
    }

    @Test func whatIsAddedLaterBeginsAnew() async throws {
        let eventLoop = MultiThreadedEventLoopGroup.singleton.next()
        let fanOut = EventLoopFanOut(eventLoop)
        for _ in 0..<2 {
            let done = eventLoop.makePromise(of: Void.self)
            fanOut.add { done.succeed() }
            try await done.futureResult.get()
        }
    }
}
