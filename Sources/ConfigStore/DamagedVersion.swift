package import ConfigModel

/// A stored version that does not fit its hashes or types. It is never served, announced or audited as if it were good.
package struct DamagedVersion: Error, Sendable, Hashable {
    /// The document; nil when the store names no possible one.
    package let key: DocumentKey?
    /// The number; nil when there is no possible one.
    package let version: Int64?
    /// What is wrong, without a full stop.
    package let reason: String
    /// The record hash as it is stored, if it is one: the next version can be chained to it.
    package let recordHash: String?
    /// Nil when it cannot be read.
    package let changeType: ChangeType?

    /// - Parameters:
    ///   - version: taken only from 1.
    ///   - recordHash: taken only when it is a hash.
    package init(
        key: DocumentKey?, version: Int64?, reason: String, recordHash: String? = nil, changeType: ChangeType? = nil
    ) {
        self.key = key
        self.version = version.flatMap { $0 >= 1 ? $0 : nil }
        self.reason = reason
        self.recordHash = recordHash.flatMap { SHA256Text.isWellFormed($0) ? $0 : nil }
        self.changeType = changeType
    }

    /// Which version it is; nil when its name or number is damaged.
    package var identity: VersionIdentity? {
        guard let key, let version else { return nil }
        return VersionIdentity(key: key, version: version)
    }
}

extension DamagedVersion: CustomStringConvertible {
    package var description: String {
        let document = key.map { " of \($0)" } ?? ""
        return "\(version.map { "Version \($0)" } ?? "A version")\(document) is damaged in the store: \(reason)."
    }
}
