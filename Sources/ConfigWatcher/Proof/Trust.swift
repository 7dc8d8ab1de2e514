import ConfigModel

/// What this watcher asks of a version before it believes it, whatever source it came from.
struct Trust: Sendable {
    /// The keys that may sign; nil when the registry is trusted as it answers.
    let keys: TrustedKeys?

    /// Why a version is not to be believed; nil when it is, or when there are no keys to check it with.
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
