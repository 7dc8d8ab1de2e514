package import ConfigModel

/// Which versions the log holds.
package struct AuditIndex: Sendable, Equatable {
    private var documents: [DocumentKey: AuditedVersions] = [:]

    /// Knows nothing yet.
    package init() {}

    /// What the log holds of one document.
    package subscript(key: DocumentKey) -> AuditedVersions { documents[key] ?? AuditedVersions() }

    /// Records that a version was written.
    mutating func insert(_ record: VersionRecord) {
        documents[record.key, default: AuditedVersions()].insert(record)
    }

    /// Records that the log says of versions that they were not kept.
    mutating func insert(_ versions: PrunedVersions) {
        documents[versions.key, default: AuditedVersions()].insert(versions)
    }

    /// Records that the log says of a version that it could not be read.
    mutating func insert(_ version: UnreadableVersion) {
        documents[version.key, default: AuditedVersions()].insert(version)
    }
}

/// What the log holds of one document: the last version of each epoch.
package struct AuditedVersions: Sendable, Equatable {
    /// The last version that was written in an epoch.
    package struct Position: Sendable, Equatable {
        /// Its number.
        package let version: Int64
        /// Its record hash.
        package let recordHash: String
    }

    private var positions: [Epoch: Position] = [:]
    /// The versions that could not be read, each with the number of the epoch in which it was missed.
    private var unreadable: [Int64: Int64] = [:]
    /// The last version of an epoch of which the log says that it was not kept.
    private var pruned: [Epoch: Int64] = [:]

    /// The last version in an epoch; nil when there is none.
    package func last(in epoch: Epoch) -> Position? { positions[epoch] }

    /// The last version in the highest epoch; 0 when there is none.
    package var newestVersion: Int64 { positions.max { $0.key.number < $1.key.number }?.value.version ?? 0 }

    /// True when the version, or a later one of the same epoch, was written, or a line instead of it.
    package func contains(_ version: Int64, in epoch: Epoch) -> Bool {
        max(last(in: epoch)?.version ?? 0, pruned[epoch] ?? 0) >= version || isUnreadable(version, in: epoch)
    }

    /// True when the log says of the version that it could not be read.
    package func isUnreadable(_ version: Int64, in epoch: Epoch) -> Bool {
        unreadable[version].map { $0 >= epoch.number } ?? false
    }

    mutating func insert(_ versions: PrunedVersions) { pruned[versions.epoch] = versions.numbers.upperBound }

    mutating func insert(_ version: UnreadableVersion) { unreadable[version.version] = version.epoch.number }

    mutating func insert(_ record: VersionRecord) {
        positions[record.epoch] = Position(version: record.version, recordHash: record.recordHash)
    }
}
