import ConfigModel

/// What this watcher requires of a version, whatever source it came from.
struct Trust: Sendable {
    /// The keys that may sign; nil when the registry is trusted as it answers.
    let keys: TrustedKeys?

    /// Why the store's epoch is refused; nil when it is not, or when there are no keys to check it with.
    ///
    /// - Parameter own: the epoch that is followed; nil when nothing is known yet. Then the epoch in which the version was
    ///   signed counts by that, because there is nothing that it could take the place of.
    func refusal(ofEpochOf document: DocumentVersion, own: Epoch?) -> Refusal? {
        guard let keys, document.epoch != own, own != nil || document.epoch != document.recordEpoch else { return nil }
        do {
            try keys.verify(document.epochStatement, of: document.epoch, for: document.key)
            return nil
        } catch {
            return .unsignedEpoch(document.epoch, own: own, error)
        }
    }

    /// Why a version is refused; nil when it is not, or when there are no keys to check it with.
    func refusal(of facts: SignedFacts, signature: RecordSignature?) -> Refusal? {
        guard let keys else { return nil }
        do {
            try keys.verify(facts, signature: signature)
            return nil
        } catch {
            return .signature(error)
        }
    }
}
