import HTTPTypes
import MetricsExposition
import NIOCore
import Synchronization

/// What is counted on one event loop, by its thread alone: no other waits for it, and a scrape adds up those of all loops.
///
/// A number that only one thread changes needs no exchange between processors: it is read, and written back larger.
final class EventLoopFigures: Sendable {
    /// One response from memory in so many is timed.
    static let sample = 64

    private let contents = Atomic<Int>(0)
    private let notModified = Atomic<Int>(0)
    private let open = Atomic<Int>(0)
    /// Locked by the loop for one response in 64, and by scrapes.
    private let sampled = Mutex(DurationHistogram())

    /// How many connections are open.
    var connections: Int { open.load(ordering: .relaxed) }

    /// How many responses were given from memory, by status.
    var responses: [(status: Int, count: Int)] {
        [(200, contents.load(ordering: .relaxed)), (304, notModified.load(ordering: .relaxed))]
    }

    /// How long those took that were timed, each counted for all that it stands for.
    var durations: DurationHistogram { sampled.withLock { $0 } }

    /// A request begins; nil unless it is one of those that are timed.
    func begin() -> NIODeadline? {
        let count = contents.load(ordering: .relaxed) &+ notModified.load(ordering: .relaxed)
        return count.isMultiple(of: Self.sample) ? .now() : nil
    }

    /// Counts a response from memory.
    func count(_ status: HTTPResponse.Status, since beganAt: NIODeadline?) {
        if status.code == 304 { Self.add(1, to: notModified) } else { Self.add(1, to: contents) }
        guard let beganAt else { return }
        let duration = Duration.nanoseconds((NIODeadline.now() - beganAt).nanoseconds)
        sampled.withLock { $0.note(duration, weight: Self.sample) }
    }

    /// Counts a connection of the loop until it is closed.
    func count(_ channel: any Channel) {
        Self.add(1, to: open)
        channel.closeFuture.whenComplete { [self] _ in Self.add(-1, to: open) }
    }

    private static func add(_ amount: Int, to number: borrowing Atomic<Int>) {
        number.store(number.load(ordering: .relaxed) &+ amount, ordering: .relaxed)
    }
}
