package import ConfigModel

/// Which tokens of other issuers count, and what they may do: what the file of `--jwt` and the files of keys that it names say.
package struct JWTSettings: Sendable {
    private let keys: [JSONValue: (issuer: JWTIssuer, key: JWTKey)]
    /// SHA-256 of everything that was read.
    private let fingerprint: [UInt8]
    /// The paths of the files that hold a secret, as the settings name them.
    package let secretFiles: [String]

    /// Reads settings, and the files that they name.
    ///
    /// - Parameters:
    ///   - value: what the file says.
    ///   - file: the file's name, for errors.
    ///   - read: reads a file that is named in it.
    /// - Throws: a sentence that names the file, the issuer and the key.
    package init(
        _ value: JSONValue, file: String, read: @escaping (_ path: String) throws(UnusableSettings) -> [UInt8]
    ) throws(UnusableSettings) {
        var reader = JWTSettingsReader(file: file, read: read)
        var keys: [JSONValue: (issuer: JWTIssuer, key: JWTKey)] = [:]
        for issuer in try reader.issuers(of: value) {
            for key in issuer.keys { keys[.string(key.id)] = (issuer, key) }
        }
        self.keys = keys
        fingerprint = reader.fingerprint
        secretFiles = reader.secretFiles
    }

    /// The key that a `kid` names.
    func key(_ id: JSONValue) -> (issuer: JWTIssuer, key: JWTKey)? { keys[id] }
}

extension JWTSettings: Equatable {
    /// True when the files of both held the same bytes.
    package static func == (left: JWTSettings, right: JWTSettings) -> Bool { left.fingerprint == right.fingerprint }
}
