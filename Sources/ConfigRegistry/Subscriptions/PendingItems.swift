import ConfigModel
import DequeModule

/// What one watcher has not taken yet: of each document only the newest head, in the order of first change.
///
/// So much content is held as is allowed, and that of the document that is next. The other heads are owed: when
/// they are next they have to be read and supplied.
struct PendingItems {
    private enum Place {
        case head(DocumentKey)
        case synced(Epoch, count: Int)
    }

    private static let keptCapacity = 1_024

    private let maximumBytes: Int
    /// All there is, in the most frequent case: a watcher that takes each change as it comes needs no dictionary for it.
    private var only: HeadSnapshot?
    private var heads: [DocumentKey: PendingHead] = [:]
    private var places = Deque<Place>()
    private var queuedBytes = 0

    init(maximumBytes: Int = .max) { self.maximumBytes = maximumBytes }

    var isEmpty: Bool { only == nil && places.isEmpty }

    /// How much content is held.
    var heldBytes: Int { (only?.record.content.bytes.count ?? 0) + queuedBytes }

    /// True when the next item is here; false when there is none or it is owed.
    var isReady: Bool {
        if only != nil { return true }
        switch places.first {
        case .head(let key): if case .held? = heads[key] { return true } else { return false }
        case .synced: return true
        case nil: return false
        }
    }

    /// Takes a head; a newer one takes the place of an older one.
    mutating func offer(_ head: PendingHead) {
        if isEmpty, case .held(let snapshot) = head {
            only = snapshot
        } else {
            queueOnly()
            queue(head)
        }
    }

    private mutating func queueOnly() {
        if let only = only.take() { queue(.held(only)) }
    }

    private mutating func queue(_ head: PendingHead) {
        guard let waiting = heads[head.key] else {
            places.append(.head(head.key))
            return put(head)
        }
        if head.position.isNewer(than: waiting.position) { put(head) }
    }

    /// Holds the content if there is room, or if it is the next: otherwise it would never be sent.
    private mutating func put(_ head: PendingHead) {
        queuedBytes -= heads[head.key]?.contentBytes ?? 0
        let kept = queuedBytes + head.contentBytes <= maximumBytes || isNext(head.key) ? head : head.unread
        heads[head.key] = kept
        queuedBytes += kept.contentBytes
    }

    private func isNext(_ key: DocumentKey) -> Bool {
        if case .head(key)? = places.first { true } else { false }
    }

    /// Says behind everything that waits now that it was everything.
    mutating func synced(_ epoch: Epoch, count: Int) {
        queueOnly()
        places.append(.synced(epoch, count: count))
    }

    /// Drops heads.
    mutating func forget(where isUnwanted: (PendingHead) -> Bool) {
        queueOnly()
        heads = heads.filter { !isUnwanted($0.value) }
        queuedBytes = heads.values.reduce(0) { $0 + $1.contentBytes }
        places.removeAll { place in
            if case .head(let key) = place { heads[key] == nil } else { false }
        }
    }

    mutating func popFirst() -> WatchItem? {
        if let only = only.take() { return .change(only) }
        guard isReady else { return nil }
        // A watcher that was behind once does not keep the memory for it.
        defer { if isEmpty, heads.capacity > Self.keptCapacity { self = PendingItems(maximumBytes: maximumBytes) } }
        switch places.popFirst() {
        case .head(let key):
            guard case .held(let snapshot)? = heads.removeValue(forKey: key) else { return nil }
            queuedBytes -= snapshot.record.content.bytes.count
            return .change(snapshot)
        case .synced(let epoch, let count): return .synced(epoch, count: count)
        case nil: return nil
        }
    }

    /// Takes every head out, those that are owed too.
    mutating func takeHeads() -> [PendingHead] {
        defer { self = PendingItems(maximumBytes: maximumBytes) }
        if let only { return [.held(only)] }
        return places.compactMap { place in
            if case .head(let key) = place { heads[key] } else { nil }
        }
    }
}

extension PendingItems {
    /// The documents whose heads have to be read before there is something to take, at most so many.
    func owed(atMost count: Int) -> [DocumentKey] {
        var keys: [DocumentKey] = []
        for place in places {
            guard keys.count < count, case .head(let key) = place, case .owed? = heads[key] else { break }
            keys.append(key)
        }
        return keys
    }

    /// Takes heads that were read for some of the owed ones. What has no head that can be read leaves the queue.
    mutating func supply(_ read: [PendingHead], for keys: [DocumentKey]) {
        for head in read {
            guard case .owed(_, let position)? = heads[head.key], !position.isNewer(than: head.position) else {
                continue
            }
            put(head)
        }
        let missing = Set(keys).subtracting(read.map(\.key))
        guard !missing.isEmpty else { return }
        forget { head in
            if case .owed(let key, _) = head { missing.contains(key) } else { false }
        }
    }
}
