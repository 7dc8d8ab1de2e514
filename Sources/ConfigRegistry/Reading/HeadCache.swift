import AsyncSupport
import ConfigModel
import Synchronization

/// The newest heads that are known, bounded in bytes.
///
/// It is filled by majority reads and own acknowledged appends only, and inside an epoch it moves only forward. An entry
/// is as good as its proof: the moment at which the read that showed it began.
final class HeadCache: Sendable {
    /// What is known about a document.
    struct Entry {
        /// Nil: the document did not exist.
        let snapshot: HeadSnapshot?
        /// When this was certainly the head; nil when a write may have come in between.
        var provenAt: ContinuousClock.Instant?
    }

    fileprivate struct State {
        var epoch: Epoch
        var entries: LRUCache<DocumentKey, Entry>
    }

    private let state: Mutex<State>

    init(epoch: Epoch, capacity: Int) {
        state = Mutex(State(epoch: epoch, entries: LRUCache(capacity: capacity)))
    }

    /// The store's epoch as last read.
    var epoch: Epoch { state.withLock { $0.epoch } }

    /// What all entries take, about.
    var bytes: Int { state.withLock { $0.entries.cost } }

    /// What is known about a document, however long ago it was proven.
    func entry(for key: DocumentKey) -> Entry? { state.withLock { $0.entries.value(for: key) } }

    /// Takes in what was read or appended, unless more is known, and returns the newest that is known.
    ///
    /// - Parameters:
    ///   - epoch: the epoch as it was known when the read or the append began, and that of the head.
    ///   - addsEntry: false to refresh what is cached and not to drive out other documents.
    func learn(
        _ head: HeadSnapshot?, of key: DocumentKey, provenAt: ContinuousClock.Instant, epoch: Epoch,
        addsEntry: Bool = true
    ) -> HeadSnapshot? {
        state.withLock { state -> HeadSnapshot? in
            // It belongs to a history that has been replaced meanwhile.
            guard epoch == state.epoch else { return head }
            let known = state.entries.peek(key)
            guard let head else {
                if let snapshot = known?.snapshot { return snapshot }
                if known != nil || addsEntry {
                    state.set(Entry(snapshot: nil, provenAt: Self.later(known?.provenAt, provenAt)), for: key)
                }
                return nil
            }
            if let snapshot = known?.snapshot, snapshot.record.version > head.record.version { return snapshot }
            // The same version keeps its object, because others share it and its bytes; unless it was signed with another key.
            let isSame =
                known?.snapshot?.record.recordHash == head.record.recordHash
                && known?.snapshot?.record.signature == head.record.signature
            let snapshot = isSame ? known?.snapshot : head
            if known != nil || addsEntry {
                let proof = isSame ? Self.later(known?.provenAt, provenAt) : provenAt
                state.set(Entry(snapshot: snapshot, provenAt: proof), for: key)
            }
            return snapshot
        }
    }

    /// Records that a write with unknown outcome may have made another version.
    func doubt(_ key: DocumentKey) {
        state.withLock { state in
            guard var entry = state.entries.peek(key) else { return }
            entry.provenAt = nil
            state.set(entry, for: key)
        }
    }

    /// Takes a new epoch, and forgets everything of the one before; false when it is the same.
    func replaceEpoch(by epoch: Epoch) -> Bool {
        state.withLock { state in
            guard epoch != state.epoch else { return false }
            state.epoch = epoch
            state.entries.removeAll()
            return true
        }
    }

    private static func later(
        _ left: ContinuousClock.Instant?, _ right: ContinuousClock.Instant
    ) -> ContinuousClock.Instant {
        left.map { max($0, right) } ?? right
    }
}

extension HeadCache.State {
    /// What an entry takes beside its content.
    private static var overhead: Int { 1_024 }

    /// An entry is counted with all that it may come to hold: the content, the list of a change set's members, the event and
    /// the response made of them.
    fileprivate mutating func set(_ entry: HeadCache.Entry, for key: DocumentKey) {
        let record = entry.snapshot?.record
        let text = (record?.content.bytes.count ?? 0) + (record?.changeSet?.textBytes ?? 0)
        entries.set(entry, for: key, cost: Self.overhead + 3 * text)
    }
}
