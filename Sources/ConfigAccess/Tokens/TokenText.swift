import ConfigModel
import Crypto

/// The text of a token: `cbt_`, an identifier of 12 characters, `_`, a secret of 43 characters and a check of 6.
///
/// One regular expression finds it where it leaked: `cbt_[a-z0-9]{12}_[A-Za-z0-9]{49}`. The check, the CRC-32 of all before it,
/// tells a wrong text from an unknown token without a look into a store. It prints as its identifier alone.
package struct TokenText: Sendable, Equatable {
    /// What every token begins with.
    package static let prefix = "cbt_"
    /// The rule as a regular expression.
    package static let pattern = "cbt_[a-z0-9]{12}_[A-Za-z0-9]{49}"

    /// The public part: what lists, logs and `revoke` use.
    package let id: String
    /// All of it, the secret included: for the one response that shows it, and for the file that keeps it.
    package let secretText: String

    /// Draws a new one.
    package static func random() -> TokenText {
        var generator = SystemRandomNumberGenerator()
        return random(using: &generator)
    }

    /// Draws a new one.
    ///
    /// - Parameter generator: must not be predictable.
    static func random(using generator: inout some RandomNumberGenerator) -> TokenText {
        func draw(_ count: Int, _ alphabet: [UInt8]) -> [UInt8] {
            // `Int.random(in:)` has no bias.
            (0..<count).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &generator)] }
        }
        let id = draw(idLength, idAlphabet)
        let body = Array(prefix.utf8) + id + [UInt8(ascii: "_")] + draw(secretLength, digits)
        return TokenText(
            id: String(decoding: id, as: UTF8.self),
            secretText: String(decoding: body + check(of: body), as: UTF8.self))
    }

    private init(id: String, secretText: String) {
        self.id = id
        self.secretText = secretText
    }

    /// Reads a token; nil for a text that is none, which its check shows.
    package init?(parsing text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == Self.length, bytes.starts(with: Self.prefix.utf8),
            bytes[Self.idRange].allSatisfy(Self.idAlphabet.contains),
            bytes[Self.idRange.upperBound] == UInt8(ascii: "_"),
            bytes[(Self.idRange.upperBound + 1)...].allSatisfy(Self.digits.contains),
            bytes.suffix(Self.checkLength).elementsEqual(Self.check(of: bytes.dropLast(Self.checkLength)))
        else { return nil }
        self.init(id: String(decoding: bytes[Self.idRange], as: UTF8.self), secretText: text)
    }

    /// The first token that stands in a text, which a person may have pasted there by mistake; nil when there is none.
    package static func found(in text: String) -> TokenText? {
        let bytes = Array(text.utf8)
        guard bytes.count >= length else { return nil }
        for start in 0...(bytes.count - length) where bytes[start...].starts(with: prefix.utf8) {
            let candidate = String(decoding: bytes[start..<(start + length)], as: UTF8.self)
            if let token = TokenText(parsing: candidate) { return token }
        }
        return nil
    }

    /// SHA-256 of the whole text: what a store keeps. The text is random, so that nothing slower would protect it better.
    package var hash: [UInt8] { Array(SHA256.hash(data: Array(secretText.utf8))) }

    private static let idLength = 12
    private static let secretLength = 43
    private static let checkLength = 6
    private static let idRange = 4..<(4 + idLength)
    private static let length = idRange.upperBound + 1 + secretLength + checkLength
    private static let digits = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)
    private static let idAlphabet = Array("abcdefghijklmnopqrstuvwxyz0123456789".utf8)

    /// The CRC-32 in base 62, the most significant digit first.
    private static func check(of bytes: some Sequence<UInt8>) -> [UInt8] {
        var value = CRC32.checksum(bytes)
        var text: [UInt8] = []
        for _ in 0..<checkLength {
            text.append(digits[Int(value % 62)])
            value /= 62
        }
        return text.reversed()
    }
}

extension TokenText: CustomStringConvertible, CustomDebugStringConvertible {
    /// The identifier, never the secret.
    package var description: String { "\(Self.prefix)\(id)_..." }
    /// The identifier, never the secret.
    package var debugDescription: String { description }
}
