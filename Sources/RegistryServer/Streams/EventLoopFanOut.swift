import ConfigRegistry
import DequeModule
import NIOCore
import Synchronization

/// What the streams of one event loop are to be told: pieces of work in the order in which they came.
///
/// To tell ten thousand streams takes a tenth of a second, in which the loop's other connections want to be served too.
final class EventLoopFanOut: Sendable {
    private let eventLoop: any EventLoop
    private let turn: TimeAmount
    private let work = Mutex(Deque<@Sendable () -> Void>())

    /// - Parameter turn: after how long the loop's other connections have their turn.
    init(_ eventLoop: any EventLoop, turn: TimeAmount = .milliseconds(1)) {
        self.eventLoop = eventLoop
        self.turn = turn
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
        if isFirst { takeTurn() }
    }

    private func takeTurn() { eventLoop.execute { [self] in work(until: .now() + turn) } }

    private func work(until end: NIODeadline) {
        // A piece stays where it is until it is done, so that nobody else begins.
        while let piece = work.withLock({ $0.first }) {
            piece()
            let hasMore = work.withLock { work in
                work.removeFirst()
                return !work.isEmpty
            }
            guard hasMore else { return }
            guard NIODeadline.now() < end else { return takeTurn() }
        }
    }
}

/// What all streams of a server share.
final class StreamResources: Sendable {
    /// The frames of heads that were told lately.
    let frames = EncodedResponseCache(bytes: 16 * 1_024 * 1_024) { EventFrame.change($0) }
    private let turns = Mutex<[ObjectIdentifier: EventLoopFanOut]>([:])

    /// The event loop's own.
    func turns(of eventLoop: any EventLoop) -> EventLoopFanOut {
        turns.withLock { turns in
            if let known = turns[ObjectIdentifier(eventLoop)] { return known }
            let new = EventLoopFanOut(eventLoop)
            turns[ObjectIdentifier(eventLoop)] = new
            return new
        }
    }
}
