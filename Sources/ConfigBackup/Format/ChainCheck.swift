import ConfigModel
import ConfigStore

/// Follows the versions of a backup: in order, without gaps, each chained to the one before.
struct ChainCheck {
    /// How many documents were met.
    private(set) var documents = 0
    /// The version, or the last of pruned ones, that was met last.
    private(set) var last: VersionIdentity?
    private var lastHash: String?
    /// The last line was about pruned versions, so that a version must follow.
    private var owesVersion = false

    /// True for a version before which none is missing.
    func expects(_ record: VersionRecord) -> Bool {
        record.version == (last?.key == record.key ? (last?.version ?? 0) + 1 : 1)
    }

    mutating func take(_ record: VersionRecord) throws(ChainFault) {
        let identity = VersionIdentity(key: record.key, version: record.version)
        let isNew = last?.key != record.key
        if isNew {
            try requireOrder(identity)
            documents += 1
        }
        let expected = isNew ? 1 : (last?.version ?? 0) + 1
        guard record.version == expected else {
            throw ChainFault(
                record.version > expected
                    ? "It is version \(record.version) of \(record.key), and version \(expected) is missing before it."
                    : "It is version \(record.version) of \(record.key), behind version \(expected - 1).")
        }
        guard record.previousHash == (isNew ? nil : lastHash) else {
            throw ChainFault(
                "Version \(record.version) of \(record.key) is not chained to the one before: its history was rewritten."
            )
        }
        (last, lastHash, owesVersion) = (identity, record.recordHash, false)
    }

    mutating func take(_ pruned: PrunedDocument) throws(ChainFault) {
        let identity = VersionIdentity(key: pruned.key, version: pruned.through)
        if last?.key != pruned.key {
            try requireOrder(identity)
            documents += 1
        } else if (last?.version ?? 0) > pruned.through {
            throw ChainFault("It is about versions of \(pruned.key) that stand before it.")
        }
        (last, lastHash, owesVersion) = (identity, pruned.recordHash, true)
    }

    /// To be called when no version follows.
    func finish() throws(ChainFault) {
        guard let last, owesVersion else { return }
        throw ChainFault("The versions of \(last.key) behind version \(last.version) are missing.")
    }

    private func requireOrder(_ next: VersionIdentity) throws(ChainFault) {
        try finish()
        guard let last else { return }
        guard VersionIdentity.precedes(last, next) else {
            throw ChainFault("\(next.key) does not come behind \(last.key): the lines are not in order.")
        }
    }
}

/// Why a version does not follow the one before, in one sentence.
struct ChainFault: Error {
    let reason: String

    init(_ reason: String) { self.reason = reason }
}
