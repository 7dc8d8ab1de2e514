/// A line of a key file that holds a key: what kind of key it is, the key in base64, an optional name, and the scopes of the key;
/// with white space between them.
package struct KeyFileLine {
    /// What a line says its key is. A private and a public key are both 32 bytes, so that nothing else distinguishes them.
    package enum Kind: String {
        /// Signs.
        case privateKey = "ed25519-private"
        /// Verifies.
        case publicKey = "ed25519-public"
    }

    /// From 1.
    package let number: Int
    /// Nil when the line does not say.
    package let kind: Kind?
    /// Base64, or what stands in its place.
    package let key: String
    let name: String?
    /// What stands behind the name, from the first word with a slash on.
    let scopes: [String]

    /// The lines that are neither empty nor comments.
    package static func lines(of text: String) -> [KeyFileLine] {
        let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
        return zip(1..., lines).compactMap { number, line in KeyFileLine(number, line) }
    }

    /// True for a file that this program wrote before private keys were marked on their line.
    package static func isPrivateKeyFile(_ text: String) -> Bool { text.contains(Self.privateKeyComment) }

    /// The first line of the file of a private key.
    package static let privateKeyComment = "# ConfigBus signing key (Ed25519, private)"

    /// The line as it would be written today, in the file of a private key.
    var markedPrivate: KeyFileLine {
        KeyFileLine(number: number, kind: .privateKey, key: key, name: name, scopes: scopes)
    }

    private init(number: Int, kind: Kind?, key: String, name: String?, scopes: [String]) {
        self.number = number
        self.kind = kind
        self.key = key
        self.name = name
        self.scopes = scopes
    }

    private init?(_ number: Int, _ line: Substring) {
        var (word, rest) = Self.firstWord(of: line)
        guard let first = word, !first.hasPrefix("#") else { return nil }
        kind = Kind(rawValue: String(first))
        if kind != nil { (word, rest) = Self.firstWord(of: rest) }
        self.number = number
        key = String(word ?? "")
        let words = rest.split { $0.isWhitespace }
        let end = words.firstIndex { $0.contains("/") } ?? words.endIndex
        name = end == words.startIndex ? nil : words[..<end].joined(separator: " ")
        scopes = words[end...].map(String.init)
    }

    private static func firstWord(of text: Substring) -> (word: Substring?, rest: Substring) {
        let words = text.split(maxSplits: 1, omittingEmptySubsequences: true) { $0.isWhitespace }
        return (words.first, words.dropFirst().first ?? "")
    }
}

/// A key file that cannot be used.
public struct KeyFileError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The line that is wrong, from 1; nil when it is the whole file.
    public let line: Int?
    /// What is wrong, without a full stop.
    public let reason: String

    /// Says what is wrong and where.
    package init(line: Int?, reason: String) {
        self.line = line
        self.reason = reason
    }

    /// One sentence. It never holds what stands in the file, which may be a private key.
    public var description: String {
        guard let line else { return "The key file cannot be used: \(reason)." }
        return "The key file cannot be used: line \(line): \(reason)."
    }
}
