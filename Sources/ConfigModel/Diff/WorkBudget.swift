/// What an operation on content may still cost, in elements that it visits. What is small in a request can be large in
/// its effect: a patch of a megabyte can move the elements of an array ten thousand million times.
package struct WorkBudget {
    /// Enough for everything that is wanted of contents of the largest size, and a fraction of a second of work.
    package static let defaultElements = 20_000_000
    /// How many elements are visited between two looks at `mayGoOn`.
    private static let stretch = 65_536
    /// Elements of an array that only move in memory cost so much less than those that are looked at.
    private static let movesPerVisit = 16

    private var remaining: Int
    private var untilCheck = Self.stretch
    private let mayGoOn: () -> Bool

    /// - Parameter mayGoOn: looked at from time to time; false ends the work, because no caller waits for it any more.
    package init(_ elements: Int = Self.defaultElements, while mayGoOn: @escaping () -> Bool = { true }) {
        remaining = elements
        self.mayGoOn = mayGoOn
    }

    /// Takes elements from the budget.
    ///
    /// - Throws: `WorkLimit` when none are left.
    package mutating func visit(_ count: Int = 1) throws(WorkLimit) {
        remaining -= count
        untilCheck -= count
        guard remaining >= 0 else { throw .tooMuchWork }
        if untilCheck <= 0 { try check() }
    }

    /// Looks whether the work may go on.
    package mutating func check() throws(WorkLimit) {
        untilCheck = Self.stretch
        guard mayGoOn() else { throw .ended }
    }

    mutating func move(_ count: Int) throws(WorkLimit) { try visit(1 + count / Self.movesPerVisit) }

    /// Bytes that are written or compared.
    mutating func pass(bytes: Int) throws(WorkLimit) { try visit(bytes / Self.movesPerVisit) }
}

/// Why an operation on content was given up.
package enum WorkLimit: Error, Sendable, Equatable {
    /// It costs more than it may.
    case tooMuchWork
    /// It was no longer to go on.
    case ended
}
