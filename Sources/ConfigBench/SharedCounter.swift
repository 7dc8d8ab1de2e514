import Synchronization

/// Counts 1, 2, 3 ... for any number of callers.
final class SharedCounter: Sendable {
    private let value = Atomic<Int>(0)

    func increment() -> Int { value.wrappingAdd(1, ordering: .relaxed).newValue }
}
