/// A public key whose signatures count, and what they count for.
package struct TrustedKey: Sendable, Equatable {
    /// The key.
    package let key: PublicKey
    /// The name that stands beside it in the file.
    package let name: String?
    /// The documents that its signatures count for; none for all documents.
    package let scopes: [DocumentPattern]

    /// Trusts a key.
    package init(_ key: PublicKey, name: String? = nil, scopes: [DocumentPattern] = []) {
        self.key = key
        self.name = name
        self.scopes = scopes
    }

    /// True when its signature counts for a document; without one, for everything.
    package func counts(for document: DocumentKey?) -> Bool {
        scopes.isEmpty || (document.map { key in scopes.contains { $0.matches(key) } } ?? false)
    }

    /// The scopes as they stand in a file.
    package var scopeText: String { scopes.map(\.description).joined(separator: " ") }

    /// The line of a key file that says the same.
    package var keyFileLine: String {
        key.keyFileLine(name: name) + (scopes.isEmpty ? "" : " \(scopeText)")
    }
}

extension TrustedKey {
    /// Reads a line of a file of public keys.
    ///
    /// - Parameters:
    ///   - signer: whose keys they are, for the message.
    ///   - verifier: what verifies the signatures of the key.
    init(_ line: KeyFileLine, of signer: KeyOwner, _ verifier: any SignatureVerifier) throws(KeyFileError) {
        guard line.kind != .privateKey else {
            throw KeyFileError(
                line: line.number,
                reason:
                    "this is a private key, which belongs to \(signer.rawValue) alone; 'configbus keys list FILE' shows "
                    + "its public key")
        }
        do {
            key = try PublicKey(parsing: line.key, verifier: verifier)
        } catch {
            throw KeyFileError(line: line.number, reason: error.reason)
        }
        name = line.name
        scopes = try Self.scopes(line, of: signer)
    }

    /// The message never holds a word of the line, which may be a private key.
    private static func scopes(_ line: KeyFileLine, of signer: KeyOwner) throws(KeyFileError) -> [DocumentPattern] {
        guard line.scopes.isEmpty || signer != .audit else {
            throw KeyFileError(
                line: line.number,
                reason:
                    "a word with '/' behind the key is a scope, and scopes are for the keys of registries; take it away"
            )
        }
        var scopes: [DocumentPattern] = []
        for text in line.scopes {
            do throws(InvalidPattern) {
                scopes.append(try DocumentPattern(parsing: text))
            } catch {
                throw KeyFileError(
                    line: line.number,
                    reason:
                        "what stands from the first word with '/' on are the scopes of the key, and one of them is none: "
                        + error.reason)
            }
        }
        return scopes
    }
}
