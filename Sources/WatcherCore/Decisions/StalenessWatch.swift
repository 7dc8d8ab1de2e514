/// Notices that there was no proof for longer than the policy allows.
struct StalenessWatch: Sendable {
    let policy: StalenessPolicy
    /// False when the source's word proves nothing about age.
    private let hasProofs: Bool
    /// When the watcher began.
    private var began: Instant?
    /// The policy has ended the watcher.
    private var hasEnded = false

    init(policy: StalenessPolicy, hasProofs: Bool) {
        self.policy = policy
        self.hasProofs = hasProofs
    }

    mutating func begin(at now: Instant) { began = began ?? now }

    /// When the policy ends the watcher; nil when it never does.
    func deadline(lastProof: Instant?) -> Instant? {
        guard case .fail(let limit) = policy, !hasEnded else { return nil }
        return since(lastProof).map { $0 + limit }
    }

    /// How old what is known is when the policy ends the watcher because of that, once; otherwise nil.
    mutating func end(lastProof: Instant?, at now: Instant) -> Duration? {
        guard let deadline = deadline(lastProof: lastProof), deadline <= now else { return nil }
        hasEnded = true
        return excess(lastProof: lastProof, at: now)
    }

    /// For how long the newest version is not known, when that is too long.
    func excess(lastProof: Instant?, at now: Instant) -> Duration? {
        let limit: Duration
        switch policy {
        case .serve: return nil
        case .degrade(let after), .fail(let after): limit = after
        }
        guard let since = since(lastProof), now - since >= limit else { return nil }
        return now - since
    }

    private func since(_ lastProof: Instant?) -> Instant? { (hasProofs ? lastProof : nil) ?? began }
}
