/// Finds the secrets that documents name instead of holding them.
///
/// A document says `{"password": {"$secret": "vault:parsing/db"}}`; the resolver that `WatcherOptions.secrets` has for `vault` is
/// asked for `parsing/db`, and what it returns is the password as far as readers and handlers see it. The document itself, its
/// hash, the cache and every report keep the reference.
///
/// ```swift
/// struct VaultSecrets: SecretResolver {
///     let vault: VaultClient
///
///     func secret(at place: String) async throws -> String { try await vault.read(place).value }
/// }
///
/// let options = WatcherOptions(secrets: [
///     "env": EnvironmentSecrets(["DB_PASSWORD"]), "file": FileSecrets(["/run/secrets"]), "vault": VaultSecrets(vault: vault),
/// ])
/// ```
///
/// The owner of the host decides what can be named; a publisher only chooses among it. So a resolver should hand
/// out nothing that was not meant for documents.
public protocol SecretResolver: Sendable {
    /// The secret at a place, in UTF-8 at most 64 KiB. A place that is named several times in one document is asked for once.
    ///
    /// - Parameter place: what follows the scheme and its colon in the document.
    /// - Throws: `SecretError` when there is none, or it may not be had: the version is rejected. After any other error, such as
    ///   a vault that is away, and when `WatcherOptions.validationTimeout` passed, the version is tried again until it succeeds.
    ///   The description is part of the reason in both cases, so it must not hold a secret.
    func secret(at place: String) async throws -> String
}

/// Why there is no secret at a place.
public struct SecretError: Error, Sendable, Equatable, CustomStringConvertible {
    /// One sentence that a person can act on. It holds no secret.
    public let description: String
    /// It may be found later without anything being changed.
    let isTransient: Bool

    /// Puts an error together.
    public init(_ description: String) { self.init(description, isTransient: false) }

    init(_ description: String, isTransient: Bool) {
        self.description = description
        self.isTransient = isTransient
    }
}
