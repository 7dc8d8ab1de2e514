import DequeModule
import EventBus

/// The messages that are on their way, by the number under which the broker confirms them, and those that wait for room.
struct PublishWindow {
    private let capacity: Int
    private var sent: [UInt64: PendingPublish] = [:]
    private var waiting = Deque<PendingPublish>()
    private var nextTag: UInt64 = 1
    /// The lowest number that may be unconfirmed.
    private var oldestTag: UInt64 = 1
    private var sentAt: [UInt64: ContinuousClock.Instant] = [:]

    init(capacity: Int) {
        self.capacity = capacity
    }

    var isFull: Bool { sent.count >= capacity }

    /// When the oldest unconfirmed message was sent.
    var oldestSentAt: ContinuousClock.Instant? { sentAt[oldestTag] }

    /// Call it right before the message is sent.
    mutating func register(_ pending: PendingPublish) {
        sent[nextTag] = pending
        sentAt[nextTag] = .now
        nextTag += 1
    }

    mutating func wait(_ pending: PendingPublish) {
        waiting.append(pending)
    }

    mutating func takeWaiting() -> PendingPublish? {
        waiting.popFirst()
    }

    /// The broker answered for one message, or for all up to it; numbers that are not known any more are ignored.
    mutating func settle(_ tag: UInt64, multiple: Bool, _ result: Result<Void, BusError>) {
        // Zero with `multiple` stands for all of them.
        let last = tag == 0 ? nextTag - 1 : min(tag, nextTag - 1)
        guard oldestTag <= last else { return }
        for tag in multiple ? oldestTag...last : last...last {
            sentAt[tag] = nil
            sent.removeValue(forKey: tag)?.finish(result)
        }
        while oldestTag < nextTag, sent[oldestTag] == nil { oldestTag += 1 }
    }

    /// No publisher waits any more, but what was sent keeps its place and gets a new limit.
    mutating func failWaiters(_ error: BusError) {
        for tag in sent.keys {
            sent[tag]?.finish(.failure(error))
            sentAt[tag] = .now
        }
        failWaiting(error)
    }

    mutating func failWaiting(_ error: BusError) {
        while let pending = waiting.popFirst() { pending.finish(.failure(error)) }
    }

    /// The connection is gone: everything fails, and numbers begin anew.
    mutating func fail(_ error: BusError) {
        let lost = sent.values
        sent.removeAll()
        sentAt.removeAll()
        nextTag = 1
        oldestTag = 1
        for pending in lost { pending.finish(.failure(error)) }
        failWaiting(error)
    }
}
