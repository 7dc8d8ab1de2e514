import ConfigModel
import DequeModule

/// What one watcher has not taken yet: of each document only the newest head, in the order of first change.
struct PendingItems {
    private enum Place {
        case head(DocumentKey)
        case synced(Epoch, count: Int)
    }

    private static let keptCapacity = 1_024

    /// All there is, in the most frequent case: a watcher that takes each change as it comes needs no dictionary for it.
    private var only: HeadSnapshot?
    private var heads: [DocumentKey: HeadSnapshot] = [:]
    private var places = Deque<Place>()

    var isEmpty: Bool { only == nil && places.isEmpty }

    /// Takes a head; a newer one takes the place of an older one.
    mutating func offer(_ snapshot: HeadSnapshot) {
        if isEmpty {
            only = snapshot
        } else {
            queueOnly()
            queue(snapshot)
        }
    }

    private mutating func queueOnly() {
        if let only = only.take() { queue(only) }
    }

    private mutating func queue(_ snapshot: HeadSnapshot) {
        guard let waiting = heads[snapshot.key] else {
            heads[snapshot.key] = snapshot
            places.append(.head(snapshot.key))
            return
        }
        if snapshot.position.isNewer(than: waiting.position) { heads[snapshot.key] = snapshot }
    }

    /// Says behind everything that waits now that it was everything.
    mutating func synced(_ epoch: Epoch, count: Int) {
        queueOnly()
        places.append(.synced(epoch, count: count))
    }

    /// Drops heads.
    mutating func forget(where isUnwanted: (HeadSnapshot) -> Bool) {
        queueOnly()
        heads = heads.filter { !isUnwanted($0.value) }
        places.removeAll { place in
            if case .head(let key) = place { heads[key] == nil } else { false }
        }
    }

    mutating func popFirst() -> WatchItem? {
        if let only = only.take() { return .change(only) }
        // A watcher that was behind once does not keep the memory for it.
        defer { if isEmpty, heads.capacity > Self.keptCapacity { self = PendingItems() } }
        switch places.popFirst() {
        // Every place has its head: both are added and removed together.
        case .head(let key): return heads.removeValue(forKey: key).map { .change($0) }
        case .synced(let epoch, let count): return .synced(epoch, count: count)
        case nil: return nil
        }
    }
}
