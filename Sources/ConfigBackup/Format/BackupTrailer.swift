package import ConfigModel

/// The last line of a backup: how much there is before it, and the checksum.
package struct BackupTrailer: Sendable, Equatable {
    /// How much a backup holds.
    package struct Counts: Sendable, Equatable {
        /// Documents, those of reserved environments too.
        package var documents = 0
        /// Their versions.
        package var versions = 0
        /// Anchors of audit logs.
        package var anchors = 0
        /// Tokens.
        package var tokens = 0
        /// Denials.
        package var denials = 0

        /// Nothing.
        package init() {}
    }

    /// How much there is before it.
    package let counts: Counts
    /// `sha256:` and 64 digits over all lines before it, their line feeds included.
    package let checksum: String

    /// Puts a trailer together.
    package init(counts: Counts, checksum: String) {
        self.counts = counts
        self.checksum = checksum
    }

    /// Reads the line.
    package init(json object: JSONObject) throws(JSONFieldError) {
        func count(_ key: String) throws(JSONFieldError) -> Int { Int(clamping: try object.int64(key)) }
        var counts = Counts()
        counts.documents = try count("documents")
        counts.versions = try count("versions")
        counts.anchors = try count("anchors")
        counts.tokens = try count("tokens")
        counts.denials = try count("denials")
        self.counts = counts
        checksum = try object.parsed("sha256") { SHA256Text.isWellFormed($0) ? $0 : nil }
    }

    /// The line.
    package var jsonBytes: [UInt8] {
        var writer = JSONWriter(capacity: 256)
        writer.object { trailer in
            trailer.member("documents", counts.documents)
            trailer.member("versions", counts.versions)
            trailer.member("anchors", counts.anchors)
            trailer.member("tokens", counts.tokens)
            trailer.member("denials", counts.denials)
            trailer.member("sha256", checksum)
        }
        return writer.bytes
    }
}
