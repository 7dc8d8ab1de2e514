package import ConfigModel

/// A version as the store holds it.
package struct StoredVersion: Sendable, Equatable {
    package let record: VersionRecord
    /// True when some registry saw the bus confirm its event.
    package let isAnnounced: Bool

    package init(record: VersionRecord, isAnnounced: Bool) {
        self.record = record
        self.isAnnounced = isAnnounced
    }
}

/// A document and a version number.
package struct VersionIdentity: Sendable, Hashable {
    package let key: DocumentKey
    package let version: Int64

    package init(key: DocumentKey, version: Int64) {
        self.key = key
        self.version = version
    }
}
