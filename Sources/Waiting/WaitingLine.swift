import DequeModule

/// Tasks that wait for their turn, in order; each may give up at any time. Every step is O(1), one that passes over those
/// who gave up as many as there are.
package struct WaitingLine<Answer: Sendable>: Sendable {
    package typealias Waiter = CheckedContinuation<Answer, Never>

    private var waiters: [Int: Waiter] = [:]
    /// Tickets in order; those that are not in `waiters` any more gave up.
    private var tickets = Deque<Int>()

    package init() {}

    /// How many wait.
    package var count: Int { waiters.count }

    /// Puts a task at the end.
    ///
    /// - Parameter ticket: a number that is used once, so that whoever gives up late gives up nobody else's place.
    package mutating func append(_ waiter: Waiter, ticket: Int) {
        waiters[ticket] = waiter
        tickets.append(ticket)
    }

    /// Takes out whose turn it is.
    package mutating func popFirst() -> Waiter? {
        while let ticket = tickets.popFirst() {
            if let waiter = waiters.removeValue(forKey: ticket) { return waiter }
        }
        return nil
    }

    /// Takes out one that gives up; nil when it does not wait, or not any more.
    package mutating func remove(ticket: Int) -> Waiter? { waiters.removeValue(forKey: ticket) }
}
