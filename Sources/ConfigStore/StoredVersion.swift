package import ConfigModel

/// A version as the store holds it.
package struct StoredVersion: Sendable, Equatable {
    /// The version.
    package let record: VersionRecord
    /// True when some registry saw the bus confirm its event.
    package let isAnnounced: Bool

    /// Puts both together.
    package init(record: VersionRecord, isAnnounced: Bool) {
        self.record = record
        self.isAnnounced = isAnnounced
    }
}

/// A document and a version number.
package struct VersionIdentity: Sendable, Hashable {
    /// The document.
    package let key: DocumentKey
    /// The number, from 1.
    package let version: Int64

    /// Names a version.
    package init(key: DocumentKey, version: Int64) {
        self.key = key
        self.version = version
    }
}
