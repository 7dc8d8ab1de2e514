package import ConfigModel

/// Which version of a document runs in an instance, or was tried.
package struct RunningVersion: Sendable, Hashable {
    /// The document.
    package var key: DocumentKey
    /// The history that the version belongs to; nil when the instance does not know it.
    package var epoch: Epoch?
    /// The version; with overlay that of the environment's document, 0 when there is none.
    package var version: Int64
    /// With overlay the version of the default environment's document, 0 when there is none; otherwise nil.
    package var defaultVersion: Int64?
    /// The candidate of a rollout, when that is what runs.
    package var rollout: RolloutReference?
    /// The hash of the content as a reader sees it.
    package var contentHash: String?

    /// Puts it together.
    package init(
        _ key: DocumentKey, epoch: Epoch? = nil, version: Int64, defaultVersion: Int64? = nil,
        rollout: RolloutReference? = nil, contentHash: String? = nil
    ) {
        self.key = key
        self.epoch = epoch
        self.version = version
        self.defaultVersion = defaultVersion
        self.rollout = rollout
        self.contentHash = contentHash
    }
}

extension RunningVersion {
    static let members: Set<String> = ["key", "epoch", "version", "default_version", "rollout", "content_hash"]

    init(_ part: ReportPart) throws(Problem) {
        self.init(
            try part.key("key"), epoch: try part.optionalParsed("epoch", "<number>-<uuid>") { Epoch(parsing: $0) },
            version: try part.number("version", from: 0),
            defaultVersion: try part.optionalNumber("default_version", from: 0),
            rollout: nil,
            contentHash: try part.optionalParsed("content_hash", "sha256: and 64 hexadecimal digits") {
                SHA256Text.isWellFormed($0) ? $0 : nil
            })
        if let reference = try part.part("rollout") { rollout = try RolloutReference(reference) }
    }

    func write(to object: inout JSONWriter) {
        object.member("key", "\(key)")
        object.member("epoch", epoch?.description)
        object.member("version", version)
        object.member("default_version", defaultVersion)
        if let rollout { object.object("rollout", rollout.write) }
        object.member("content_hash", contentHash)
    }
}
