/// What an identity that the registry does not issue may be called, behind its issuer or its kind.
enum IdentityText {
    /// The most bytes that it may have.
    static let maximumBytes = 200

    /// True for 1 to 200 printable characters of ASCII, none of them blank.
    static func isValid(_ text: String) -> Bool {
        (1...maximumBytes).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7e).contains($0) }
    }
}
