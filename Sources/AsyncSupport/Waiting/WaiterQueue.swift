import DequeModule

/// Tasks that wait, first in, first out; each may give up at any time. Every operation is amortised O(1).
package struct WaiterQueue<Value: Sendable>: Sendable {
    /// A task that waits.
    package typealias Waiter = CheckedContinuation<Value, Never>

    private var waiters: [Int: Waiter] = [:]
    /// Tickets in order; those that are not in `waiters` any more gave up.
    private var tickets = Deque<Int>()

    /// An empty queue.
    package init() {}

    /// How many wait.
    package var count: Int { waiters.count }

    /// Puts a task at the end.
    ///
    /// - Parameter ticket: a number that is used once, so that a late `remove` never removes another waiter.
    package mutating func append(_ waiter: Waiter, ticket: Int) {
        waiters[ticket] = waiter
        tickets.append(ticket)
    }

    /// Takes out the one that has waited longest.
    package mutating func popFirst() -> Waiter? {
        while let ticket = tickets.popFirst() {
            if let waiter = waiters.removeValue(forKey: ticket) { return waiter }
        }
        return nil
    }

    /// Takes out one that gives up; nil when it does not wait any more.
    package mutating func remove(ticket: Int) -> Waiter? { waiters.removeValue(forKey: ticket) }
}
