/// Scalars in quotes.
extension YAMLParser {
    mutating func singleQuoted(minimum: Int) throws(NotationError) -> YAMLNode {
        let quote = UInt8(ascii: "'")
        let start = position
        position += 1
        var text: [UInt8] = []
        while peek() != quote || peek(1) == quote {
            switch peek() {
            case 0: throw unended(start)
            case .lineFeed:
                while let last = text.last, Self.isBlank(last) { text.removeLast() }
                text.append(breaks: try breaksInQuotes(minimum: minimum, start))
            default:
                if peek() == quote { position += 1 }
                text.append(peek())
                position += 1
            }
        }
        position += 1
        return YAMLNode(scalar: String(decoding: text, as: UTF8.self), style: .quoted, offset: start)
    }

    mutating func doubleQuoted(minimum: Int) throws(NotationError) -> YAMLNode {
        let start = position
        position += 1
        var text: [UInt8] = []
        /// Behind the last character that folding must not take away.
        var kept = 0
        while peek() != UInt8(ascii: "\"") {
            switch peek() {
            case 0: throw unended(start)
            case .lineFeed:
                text.removeLast(text.count - kept)
                text.append(breaks: try breaksInQuotes(minimum: minimum, start))
                kept = text.count
            case UInt8(ascii: "\\"):
                if peek(1) == .lineFeed {
                    position += 1
                    let breaks = try breaksInQuotes(minimum: minimum, start)
                    text.append(contentsOf: repeatElement(.lineFeed, count: breaks - 1))
                } else {
                    text.append(contentsOf: String(try escape()).utf8)
                }
                kept = text.count
            default:
                text.append(peek())
                if !Self.isBlank(peek()) { kept = text.count }
                position += 1
            }
        }
        position += 1
        return YAMLNode(scalar: String(decoding: text, as: UTF8.self), style: .quoted, offset: start)
    }

    private func unended(_ start: Int) -> NotationError { failure(at: start, "the quotes that open here do not close") }

    /// Steps over line ends and the indentation of the next line with text; returns how many line ends there were.
    private mutating func breaksInQuotes(minimum: Int, _ start: Int) throws(NotationError) -> Int {
        var breaks = 0
        while peek() == .lineFeed {
            position += 1
            breaks += 1
            enterLine()
            guard !isAtDocumentMarker else { throw unended(start) }
            skipBlanks()
        }
        guard isAtInputEnd || indentation >= minimum else {
            throw failure("this line belongs to quoted text, and must be indented by at least \(minimum) spaces")
        }
        return breaks
    }

    // MARK: Escapes

    /// Reads an escape sequence of double quotes, two for a character that JSON writes as a surrogate pair.
    private mutating func escape() throws(NotationError) -> Unicode.Scalar {
        let start = position
        let letter = peek(1)
        position += 2
        switch letter {
        case UInt8(ascii: "x"): return try scalar(try digits(2, start), start)
        case UInt8(ascii: "U"): return try scalar(try digits(8, start), start)
        case UInt8(ascii: "u"):
            let unit = try digits(4, start)
            guard (0xd800..<0xdc00).contains(unit), peek() == UInt8(ascii: "\\"), peek(1) == UInt8(ascii: "u") else {
                return try scalar(unit, start)
            }
            position += 2
            let low = try digits(4, start)
            guard (0xdc00..<0xe000).contains(low) else { throw loneSurrogate(start) }
            return try scalar(0x10000 + (unit - 0xd800) << 10 + (low - 0xdc00), start)
        default:
            guard let scalar = Self.escapes[letter] else {
                throw failure(
                    at: start,
                    "this escape does not exist in YAML; write '\\\\' for a backslash, or use single quotes")
            }
            return scalar
        }
    }

    private mutating func digits(_ count: Int, _ start: Int) throws(NotationError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<count {
            guard let digit = RadixInteger.value(of: peek()) else {
                throw failure(at: start, "this escape needs \(count) hexadecimal digits")
            }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        return value
    }

    private func scalar(_ value: UInt32, _ start: Int) throws(NotationError) -> Unicode.Scalar {
        guard let scalar = Unicode.Scalar(value) else { throw loneSurrogate(start) }
        return scalar
    }

    private func loneSurrogate(_ start: Int) -> NotationError {
        failure(at: start, "this escape is no character")
    }

    private static let escapes: [UInt8: Unicode.Scalar] = [
        UInt8(ascii: "0"): "\0", UInt8(ascii: "a"): "\u{7}", UInt8(ascii: "b"): "\u{8}", UInt8(ascii: "t"): "\t",
        UInt8(ascii: "\t"): "\t", UInt8(ascii: "n"): "\n", UInt8(ascii: "v"): "\u{b}", UInt8(ascii: "f"): "\u{c}",
        UInt8(ascii: "r"): "\r", UInt8(ascii: "e"): "\u{1b}", UInt8(ascii: " "): " ", UInt8(ascii: "\""): "\"",
        UInt8(ascii: "/"): "/", UInt8(ascii: "\\"): "\\", UInt8(ascii: "N"): "\u{85}", UInt8(ascii: "_"): "\u{a0}",
        UInt8(ascii: "L"): "\u{2028}", UInt8(ascii: "P"): "\u{2029}",
    ]
}
