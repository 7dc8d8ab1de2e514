import ConfigModel

/// Notices that the registry has versions which the bus should have announced and did not.
///
/// Only a poll shows it: the version was published after a moment when the bus stood and the newest version was known. An
/// announcement may be late, because the registry sends it after it has stored the version, so it is waited for.
struct MissedAnnouncements: Sendable {
    /// A version that a registry stored and could not announce before it died is announced by another one within seconds.
    static let patience = Duration.seconds(10)

    private struct Missing: Sendable {
        let epoch: Epoch
        let version: Int64
        let deadline: Instant
    }

    private var listensSince: Instant?
    private var missing: Missing?

    /// When it is clear that an announcement does not come; nil when none is waited for.
    var deadline: Instant? { missing?.deadline }

    /// The bus stands.
    mutating func begin(at now: Instant) { listensSince = now }

    /// The bus is away: what is not announced now is no surprise.
    mutating func end() { (listensSince, missing) = (nil, nil) }

    /// A poll found a version.
    ///
    /// - Parameter lastProof: when the version before was last known to be the newest.
    mutating func found(_ version: DocumentVersion, after before: DocumentVersion, lastProof: Instant?, at now: Instant)
    {
        guard let listensSince, let lastProof, lastProof >= listensSince, version.epoch == before.epoch,
            version.version > before.version, missing == nil
        else { return }
        missing = Missing(epoch: version.epoch, version: version.version, deadline: now + Self.patience)
    }

    /// An announcement came.
    mutating func received(_ event: ConfigEvent) {
        guard let missing, event.epoch == missing.epoch, event.version >= missing.version else { return }
        self.missing = nil
    }

    /// The version that was not announced, once its time is over.
    mutating func tick(at now: Instant) -> Int64? {
        guard let missing, missing.deadline <= now else { return nil }
        self.missing = nil
        return missing.version
    }
}
