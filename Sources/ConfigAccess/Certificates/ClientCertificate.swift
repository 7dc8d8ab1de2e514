package import ConfigModel

/// What a client certificate that was verified says about its owner.
package struct ClientCertificate: Sendable, Equatable {
    /// The URIs among its alternative names.
    package let uris: [String]
    /// The DNS names among its alternative names.
    package let dnsNames: [String]
    /// The common name of its subject.
    package let commonName: String?
    /// True when it has alternative names of any kind: then its common name says nothing (RFC 6125, section 6.4.4).
    package let hasAlternativeNames: Bool
    /// From then on it does not count any more.
    package let end: Timestamp

    /// Puts the names together.
    ///
    /// - Parameter notAfter: the last second at which it is valid, since 1970.
    package init(
        uris: [String] = [], dnsNames: [String] = [], commonName: String? = nil, hasAlternativeNames: Bool,
        notAfter: Int64
    ) {
        self.uris = uris
        self.dnsNames = dnsNames
        self.commonName = commonName
        self.hasAlternativeNames = hasAlternativeNames
        end = Timestamp(milliseconds: (min(notAfter, Self.lastSecond) + 1) * 1_000)
    }

    /// The year 9999, with which certificates say that they have no end (RFC 5280, section 4.1.2.5).
    private static let lastSecond: Int64 = 253_402_300_799

    /// The name that counts, where nothing says whom it stands for.
    fileprivate var firstName: String? {
        (uris + dnsNames + (hasAlternativeNames ? [] : [commonName].compactMap(\.self))).first(
            where: IdentityText.isValid)
    }
}

extension ClientCertificate {
    /// The identity of a certificate that no entry names: it is known and may do nothing.
    var unmappedIdentity: String { "\(CertificateIdentities.unmapped)\(firstName ?? "unnamed")" }
}
