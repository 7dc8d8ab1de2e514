import ConfigAccess
import ConfigModel

/// Private keys, and tokens that prove themselves.
extension TextScanner {
    /// `-----BEGIN [A-Z0-9 ]*PRIVATE KEY( BLOCK)?-----`
    mutating func lookForPrivateKey(at index: Int) {
        guard bytes.has("-----BEGIN ", at: index) else { return }
        let start = index + 11
        var end = start
        let limit = min(bytes.count, start + 64)
        while end < limit, bytes[end] == UInt8(ascii: " ") || stands([.upper, .digit], at: end) { end += 1 }
        count(looks: end - start)
        let kind = bytes.part(start..<end)
        guard bytes.has("-----", at: end),
            kind.endsCaseless(in: "private key") || kind.endsCaseless(in: "private key block"),
            !isEmptyKey(from: end + 5)
        else { return }
        found.note(.privateKey, at: index..<end + 5)
    }

    /// Whether nothing but a placeholder stands where the key should be.
    private func isEmptyKey(from start: Int) -> Bool {
        var index = start
        while index < bytes.count, index < start + 16 {
            if stands(.blank, at: index) {
                index += 1
            } else if bytes.has("\\n", at: index) || bytes.has("\\r", at: index) {
                index += 2
            } else {
                break
            }
        }
        return ["-----END", "...", "<", "${", "{{", "***"].contains { bytes.has($0, at: index) }
    }

    /// A token of this registry: its check tells it from what only looks like one.
    mutating func lookForOwnToken(at index: Int) {
        guard bytes.has("cbt_", at: index), bytes.count - index >= Self.ownTokenLength else { return }
        count(looks: Self.ownTokenLength)
        let candidate = bytes.part(index..<index + Self.ownTokenLength)
        guard TokenText(parsing: String(decoding: candidate, as: UTF8.self)) != nil else { return }
        found.note(.configbus, at: index..<index + Self.ownTokenLength)
    }

    private static let ownTokenLength = 66

    /// Three parts, the first two of them JSON objects in Base64 for URLs, the first with an algorithm.
    ///
    /// A part is searched from its first byte only, so that no part is gone over more than three times.
    mutating func lookForWebToken(at index: Int) {
        guard index + 20 < bytes.count, isOpeningBrace(at: index),
            !stands([.dash, .underscore], at: index - 1)
        else { return }
        let header = index..<index + run(of: .base64URL, from: index, atMost: bytes.count)
        guard header.count >= Self.shortestHeader, let claims = part(after: header),
            isOpeningBrace(at: claims.lowerBound),
            let signature = part(after: claims), !signature.isEmpty,
            case .object(let object)? = value(of: header), object["alg"] != nil,
            case .object? = value(of: claims)
        else { return }
        found.note(.jwt, at: index..<signature.upperBound)
    }

    /// `{"alg":"x"}`, encoded.
    private static let shortestHeader = 15

    /// `{` and a quote or white space, encoded.
    private func isOpeningBrace(at index: Int) -> Bool {
        bytes.has("ey", at: index) || bytes.has("ew", at: index) || bytes.has("e3", at: index)
    }

    private mutating func part(after part: Range<Int>) -> Range<Int>? {
        guard part.upperBound < bytes.count, bytes[part.upperBound] == UInt8(ascii: ".") else { return nil }
        let start = part.upperBound + 1
        return start..<start + run(of: .base64URL, from: start, atMost: bytes.count)
    }

    private mutating func value(of part: Range<Int>) -> JSONValue? {
        count(looks: part.count)
        return Base64URL.decode(String(decoding: bytes.part(part), as: UTF8.self)).flatMap {
            try? JSONValue(parsing: $0)
        }
    }
}
