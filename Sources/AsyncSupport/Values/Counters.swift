import Synchronization

/// Numbers that any thread may count up.
package final class Counters<Value: Sendable>: Sendable {
    private let numbers: Mutex<Value>

    /// - Parameter value: the numbers to begin with.
    package init(_ value: Value) { numbers = Mutex(value) }

    /// The numbers at this moment.
    package var value: Value { numbers.withLock { $0 } }

    /// Changes the numbers.
    package func count(_ change: (inout Value) -> Void) { numbers.withLock { change(&$0) } }
}
