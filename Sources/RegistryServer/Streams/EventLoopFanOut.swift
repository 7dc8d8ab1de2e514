import ConfigRegistry
import DequeModule
import MetricsExposition
import NIOCore
import Synchronization

/// The work that writes changes to the streams of one event loop, piece by piece in the order in which it came.
///
/// Writing to ten thousand streams takes a tenth of a second, in which the loop's other connections must be served too.
final class EventLoopFanOut: Sendable {
    private let eventLoop: any EventLoop
    private let slice: TimeAmount
    private let work = Mutex(Deque<@Sendable () -> Void>())

    /// - Parameter slice: after how long the loop's other connections are served in between.
    init(_ eventLoop: any EventLoop, slice: TimeAmount = .milliseconds(1)) {
        self.eventLoop = eventLoop
        self.slice = slice
    }

    var executor: WatchExecutor {
        WatchExecutor(identity: ObjectIdentifier(self)) { [self] work in add(work) }
    }

    /// On any thread.
    func add(_ new: @escaping @Sendable () -> Void) {
        let isFirst = work.withLock { work in
            work.append(new)
            return work.count == 1
        }
        if isFirst { runSlice() }
    }

    private func runSlice() { eventLoop.execute { [self] in work(until: .now() + slice) } }

    private func work(until end: NIODeadline) {
        // A piece stays where it is until it is done, so that no other thread begins.
        while let piece = work.withLock({ $0.first }) {
            piece()
            let hasMore = work.withLock { work in
                work.removeFirst()
                return !work.isEmpty
            }
            guard hasMore else { return }
            guard NIODeadline.now() < end else { return runSlice() }
        }
    }
}

/// What all streams of a server share.
final class StreamResources: Sendable {
    /// Counts the streams that are cut; nil where they are not counted.
    let cuts: CounterFamily<StreamCut>?
    /// The frames of heads that were written lately.
    let frames = EncodedResponseCache(bytes: 16 * 1_024 * 1_024) { EventFrame.change($0) }
    private let fanOuts = Mutex<[ObjectIdentifier: EventLoopFanOut]>([:])

    init(cuts: CounterFamily<StreamCut>? = nil) { self.cuts = cuts }

    /// The event loop's own.
    func fanOut(of eventLoop: any EventLoop) -> EventLoopFanOut {
        fanOuts.withLock { fanOuts in
            if let known = fanOuts[ObjectIdentifier(eventLoop)] { return known }
            let new = EventLoopFanOut(eventLoop)
            fanOuts[ObjectIdentifier(eventLoop)] = new
            return new
        }
    }
}
