import Synchronization

/// A reference that many threads read while another replaces it, without a lock.
///
/// `Synchronization` has no atomic strong reference: between loading a pointer and retaining the object, its last owner
/// could release it. So a reader counts itself in before and out afterwards. Counting in and learning the slot to read from
/// is one atomic step, because both share a word: the slot's number in the lowest byte, above it how many readers came
/// through since the slot was published. (56 bits: at a hundred million reads a second enough for twenty years between two
/// replacements.)
///
/// Replacing publishes a free slot by exchanging that word, and so learns exactly how many readers went to the old one. The
/// old object is released when as many have left again, which is looked at now and at the next replacement. Readers never
/// wait. A replacement waits only while readers that were interrupted between the first and the last instruction of
/// `ReferenceSlot.take` hold all other slots.
///
/// Measured on two cores at 2.5 GHz: a read costs about as much as taking an uncontended `Mutex` (four atomic steps, 33 ns
/// against 31 ns), but a thread that is interrupted while it reads holds up nobody.
final class PublishedReference<Object: AnyObject & Sendable>: Sendable {
    private let turnstile = Atomic<UInt64>(0)
    // Named fields and not an array: reading an element would retain and release the array's storage.
    private let first = ReferenceSlot()
    private let second = ReferenceSlot()
    private let third = ReferenceSlot()
    private let fourth = ReferenceSlot()
    private let replacements = Mutex(Replacements())

    init(_ object: Object) {
        first.fill(Unmanaged.passRetained(object).toOpaque())
    }

    /// The object that was published last.
    var value: Object {
        // Acquires what `replace` wrote into the slot before it released the slot's number.
        let ticket = turnstile.wrappingAdd(Self.reader, ordering: .acquiring).newValue
        switch ticket & Self.slotMask {
        case 0: return first.take()
        case 1: return second.take()
        case 2: return third.take()
        default: return fourth.take()
        }
    }

    /// Publishes another object; readers see it from now on.
    func replace(with object: Object) {
        replacements.withLock { replacements in
            let opaque = Unmanaged.passRetained(object).toOpaque()
            let free = takeFreeSlot(&replacements)
            withSlot(free) { $0.fill(opaque) }
            let old = turnstile.exchange(UInt64(free), ordering: .acquiringAndReleasing)
            replacements.leaving.append((slot: Int(old & Self.slotMask), readers: old >> Self.slotBits))
            releaseUnread(&replacements)
        }
    }

    deinit {
        // Nobody reads any more: whoever reads holds a reference to this object.
        for slot in 0..<Self.slotCount {
            if let opaque = withSlot(slot, { $0.empty() }) { Unmanaged<Object>.fromOpaque(opaque).release() }
        }
    }

    private func takeFreeSlot(_ replacements: inout Replacements) -> Int {
        while true {
            if let free = replacements.free.popLast() { return free }
            releaseUnread(&replacements)
        }
    }

    private func releaseUnread(_ replacements: inout Replacements) {
        replacements.leaving.removeAll { leaving in
            guard let opaque = withSlot(leaving.slot, { $0.empty(afterReaders: leaving.readers) }) else { return false }
            Unmanaged<Object>.fromOpaque(opaque).release()
            replacements.free.append(leaving.slot)
            return true
        }
    }

    private func withSlot<Result>(_ slot: Int, _ body: (borrowing ReferenceSlot) -> Result) -> Result {
        switch slot {
        case 0: body(first)
        case 1: body(second)
        case 2: body(third)
        default: body(fourth)
        }
    }

    private static var slotCount: Int { 4 }
    private static var slotBits: UInt64 { 8 }
    private static var slotMask: UInt64 { 0xff }
    private static var reader: UInt64 { 1 << slotBits }

    /// What only the one who replaces looks at.
    private struct Replacements {
        /// Slots that hold nothing.
        var free = [1, 2, 3]
        /// Slots that readers may still be in, with the number of readers that entered.
        var leaving: [(slot: Int, readers: UInt64)] = []
    }
}
