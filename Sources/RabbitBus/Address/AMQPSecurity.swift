/// How TLS is done with the broker.
struct AMQPSecurity: Sendable, Equatable {
    /// A client certificate and its key, PEM files.
    struct Identity: Sendable, Equatable {
        let certificate: String
        let key: String
    }

    /// A PEM file with the authorities to trust; nil: those that the system trusts.
    let certificateAuthorities: String?
    let identity: Identity?
    /// Whether the broker's certificate and the name in it are verified.
    let verifiesPeer: Bool
    /// The certificate says who logs in (EXTERNAL), instead of user and password.
    var logsInWithCertificate = false
}
