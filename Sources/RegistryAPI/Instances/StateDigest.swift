import ConfigModel

/// The digest of all versions that an instance runs: equal exactly when the same versions run.
///
/// It is the first half of the SHA-256 over the fields of every document, in the order of the documents: key, version,
/// version of the default environment, rollout (`id/version`) and content hash, each as its length (4 bytes, big endian)
/// and its UTF-8 bytes, as in record hashes. What is absent is empty.
package enum StateDigest {
    /// The digest as 32 hexadecimal digits.
    package static func of(_ running: [RunningVersion]) -> String {
        var fields: [String?] = []
        for version in running.sorted(by: { $0.key < $1.key }) {
            fields += [
                "\(version.key)", String(version.version), version.defaultVersion.map { String($0) },
                version.rollout.map { "\($0.id)/\($0.version)" }, version.contentHash,
            ]
        }
        return SHA256Text.hexadecimal(SHA256Text.digest(of: RecordFraming(fields).bytes).prefix(16))
    }

    /// True for 32 hexadecimal digits in lower case.
    static func isWellFormed(_ text: String) -> Bool {
        text.utf8.count == 32 && SHA256Text.isWellFormed(SHA256Text.prefix + text + text)
    }
}
