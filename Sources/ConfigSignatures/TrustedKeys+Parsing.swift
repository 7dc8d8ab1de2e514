public import ConfigModel

extension PublicKey {
    /// Reads base64.
    public init(parsing text: String) throws(KeyFileError) {
        try self.init(parsing: text, verifier: Ed25519Verifier())
    }
}

extension TrustedKeys {
    /// Reads a file of public keys: one key in base64 a line, before it the optional word `ed25519-public`, behind it an
    /// optional name and scopes (`tenants.acme.#/prod`), outside of which the key counts for nothing; empty lines and lines that
    /// start with `#` are comments.
    ///
    /// - Throws: `KeyFileError`, also when there is no key in it, because a watcher with trusted keys must not run without
    ///   any by accident, and when there is a private key in it.
    public init(parsing text: String) throws(KeyFileError) { try self.init(parsing: text, of: .registry) }

    /// Reads a file of public keys of one kind of signer.
    ///
    /// - Parameter signer: whose private key does not belong here; for the message.
    package init(parsing text: String, of signer: KeyOwner) throws(KeyFileError) {
        try self.init(parsing: text, of: signer, verifier: Ed25519Verifier())
    }
}
