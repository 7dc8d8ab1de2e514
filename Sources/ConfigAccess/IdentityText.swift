/// What an identity that the registry does not issue may be called, behind its issuer or its kind.
package enum IdentityText {
    /// The most bytes that it may have.
    static let maximumBytes = 200

    /// True for 1 to 200 printable characters of ASCII, none of them blank.
    static func isValid(_ text: String) -> Bool {
        (1...maximumBytes).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7e).contains($0) }
    }

    /// True for what the whole name of an identity can be that the registry does not issue: `ISSUER:subject` or `cert:text`.
    package static func isForeignName(_ name: String) -> Bool {
        let parts = name.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, TokenName.isValid(parts[0]) else { return false }
        // What stands in a certificate that no entry names is taken as it is.
        let isUnmapped =
            parts[0] == Principal.Kind.certificate.rawValue && parts[1].hasPrefix(CertificateIdentities.unmapped)
        return isUnmapped || isValid(parts[1])
    }
}
