import ConfigModel
import ConfigStore

/// The version that the next one follows.
enum WriteHead {
    case whole(VersionRecord)
    /// Its content is lost; but the chain of versions goes on behind it.
    case damaged(DamagedHead)
}

/// What is known of a damaged head: enough for a version to follow it.
struct DamagedHead {
    let version: DamagedVersion
    let number: Int64
    let recordHash: String

    /// - Throws: when its number or its record hash cannot be read, so that nothing can be chained to it.
    init(_ version: DamagedVersion) throws(RegistryError) {
        guard let number = version.version, number < VersionIdentity.possibleVersions.upperBound,
            let recordHash = version.recordHash
        else { throw .damaged(version) }
        self.version = version
        self.number = number
        self.recordHash = recordHash
    }
}

extension WriteHead {
    var version: Int64 {
        switch self {
        case .whole(let record): record.version
        case .damaged(let head): head.number
        }
    }

    /// What the next version names as its predecessor's.
    var recordHash: String {
        switch self {
        case .whole(let record): record.recordHash
        case .damaged(let head): head.recordHash
        }
    }

    /// A damaged one counts as living unless it can be read that it is a deletion.
    var isTombstone: Bool {
        switch self {
        case .whole(let record): record.isTombstone
        case .damaged(let head): head.version.changeType == .deleted
        }
    }

    /// When it was made; what a damaged one says of that counts for nothing.
    var createdAt: Timestamp? {
        switch self {
        case .whole(let record): record.createdAt
        case .damaged: nil
        }
    }

    /// The record; nil for a damaged one.
    var readable: VersionRecord? {
        if case .whole(let record) = self { record } else { nil }
    }

    /// The record; a damaged one is a refusal of whatever needs it.
    func record() throws(RegistryError) -> VersionRecord {
        switch self {
        case .whole(let record): record
        case .damaged(let head): throw .damaged(head.version)
        }
    }
}
