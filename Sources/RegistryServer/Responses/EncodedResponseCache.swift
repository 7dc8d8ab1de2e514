import ConfigModel
import ConfigRegistry
import Synchronization

/// What was made of heads lately, so that all who want the same head share one form of it.
///
/// Two generations: a form that is wanted moves to the young one; when that is full, the old one is forgotten and the young
/// one becomes old. Every step is O(1).
final class EncodedResponseCache<Form: Sendable>: Sendable {
    private struct Entry {
        /// Held, so that its identity is not given to another object.
        let head: HeadSnapshot
        let form: Form
    }

    private struct State {
        var young: [ObjectIdentifier: Entry] = [:]
        var old: [ObjectIdentifier: Entry] = [:]
        var youngBytes = 0
    }

    private let generationBytes: Int
    private let make: @Sendable (HeadSnapshot) -> Form
    private let state = Mutex(State())

    /// - Parameter bytes: how much content the forms may be made of, all together.
    init(bytes: Int, make: @escaping @Sendable (HeadSnapshot) -> Form) {
        generationBytes = bytes / 2
        self.make = make
    }

    func form(of head: HeadSnapshot) -> Form {
        let identity = ObjectIdentifier(head)
        if let form = state.withLock({ $0.young[identity]?.form }) { return form }
        let kept = state.withLock { $0.old[identity] }
        let entry = kept ?? Entry(head: head, form: make(head))
        state.withLock { keep(entry, identity, &$0) }
        return entry.form
    }

    private func keep(_ entry: Entry, _ identity: ObjectIdentifier, _ state: inout State) {
        guard state.young.updateValue(entry, forKey: identity) == nil else { return }
        // About as much again as the content goes into headers and dictionaries of a small one.
        state.youngBytes += entry.head.record.content.bytes.count + 1_024
        guard state.youngBytes > generationBytes else { return }
        state.old = state.young
        state.young = [:]
        state.youngBytes = 0
    }
}
