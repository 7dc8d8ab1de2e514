import Synchronization

/// A place for one object of a `PublishedReference`.
struct ReferenceSlot: ~Copyable, Sendable {
    /// The bits of a pointer to the object, with one reference count that belongs to the slot; 0 when it is empty.
    private let object = Atomic<UInt>(0)
    /// How many readers have left since it was filled.
    private let departures = Atomic<UInt64>(0)

    /// For a reader that was counted in: returns a reference of its own and counts it out.
    @inline(__always)
    borrowing func take<Object: AnyObject>() -> Object {
        // A published slot is never empty, and it is not emptied before this reader has counted itself out.
        let opaque = UnsafeRawPointer(bitPattern: object.load(ordering: .relaxed)).unsafelyUnwrapped
        let unmanaged = Unmanaged<Object>.fromOpaque(opaque).retain()
        // Releases: whoever sees the departure also sees the reference count.
        departures.wrappingAdd(1, ordering: .releasing)
        return unmanaged.takeRetainedValue()
    }

    /// For the one who replaces, on an empty slot that is not published.
    borrowing func fill(_ opaque: UnsafeMutableRawPointer) {
        departures.store(0, ordering: .relaxed)
        object.store(UInt(bitPattern: opaque), ordering: .relaxed)
    }

    /// For the one who replaces, on a slot that is not published any more: takes the object out when all readers that
    /// entered have left, otherwise nil.
    borrowing func empty(afterReaders entered: UInt64) -> UnsafeRawPointer? {
        guard departures.load(ordering: .acquiring) == entered else { return nil }
        return empty()
    }

    /// Takes the object out.
    borrowing func empty() -> UnsafeRawPointer? {
        UnsafeRawPointer(bitPattern: object.exchange(0, ordering: .acquiring))
    }
}
