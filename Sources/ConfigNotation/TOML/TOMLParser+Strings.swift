/// The four kinds of strings.
extension TOMLParser {
    mutating func basicString() throws(NotationError) -> String {
        let start = position
        position += 1
        var text: [UInt8] = []
        while peek() != UInt8(ascii: "\"") {
            try checkInLine(start)
            if peek() == UInt8(ascii: "\\") {
                text.append(contentsOf: String(try escape()).utf8)
            } else {
                text.append(peek())
                position += 1
            }
        }
        position += 1
        return String(decoding: text, as: UTF8.self)
    }

    mutating func literalString() throws(NotationError) -> String {
        let start = position
        position += 1
        while peek() != UInt8(ascii: "'") {
            try checkInLine(start)
            position += 1
        }
        position += 1
        return source.string((start + 1)..<(position - 1))
    }

    mutating func multilineBasicString() throws(NotationError) -> String {
        let start = position
        var text = try open()
        while !(try close(UInt8(ascii: "\""), &text)) {
            switch peek() {
            case 0: throw unended(start)
            case UInt8(ascii: "\\"):
                if try !skipFoldedLineEnds() { text.append(contentsOf: String(try escape()).utf8) }
            default: try take(&text)
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    mutating func multilineLiteralString() throws(NotationError) -> String {
        let start = position
        var text = try open()
        while !(try close(UInt8(ascii: "'"), &text)) {
            guard peek() != 0 else { throw unended(start) }
            try take(&text)
        }
        return String(decoding: text, as: UTF8.self)
    }

    // MARK: Parts of strings with several lines

    /// Steps over three quotes and a line end directly behind them.
    private mutating func open() throws(NotationError) -> [UInt8] {
        position += 3
        _ = try takeLineEnd()
        return []
    }

    /// Steps over the closing quotes, of which up to two may belong to the text before them; false when they do not stand
    /// here.
    private mutating func close(_ quote: UInt8, _ text: inout [UInt8]) throws(NotationError) -> Bool {
        guard isTripled(quote) else { return false }
        var count = 3
        while count < 6, peek(count) == quote { count += 1 }
        guard count < 6 else {
            throw source.failure(at: position, "more than two quotes cannot stand before the three that close a text")
        }
        text.append(contentsOf: repeatElement(quote, count: count - 3))
        position += count
        return true
    }

    /// Takes one byte, or a line end as it is written.
    private mutating func take(_ text: inout [UInt8]) throws(NotationError) {
        let start = position
        try checkCharacter()
        if try !takeLineEnd() { position += 1 }
        text.append(contentsOf: source.bytes[start..<position])
    }

    /// A backslash at the end of a line takes away all white space up to the next text; false when text follows on the line.
    private mutating func skipFoldedLineEnds() throws(NotationError) -> Bool {
        let start = position
        position += 1
        skipBlanks()
        guard try takeLineEnd() else {
            position = start
            return false
        }
        repeat { skipBlanks() } while try takeLineEnd()
        return true
    }

    private func checkInLine(_ start: Int) throws(NotationError) {
        switch peek() {
        case 0, UInt8(ascii: "\n"), UInt8(ascii: "\r"): throw unended(start)
        default: try checkCharacter()
        }
    }

    private func unended(_ start: Int) -> NotationError {
        source.failure(at: start, "the quotes that open here do not close")
    }

    // MARK: Escapes

    private mutating func escape() throws(NotationError) -> Unicode.Scalar {
        let start = position
        position += 2
        switch source[start + 1] {
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "f"): return "\u{c}"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "u"): return try scalar(4, start)
        case UInt8(ascii: "U"): return try scalar(8, start)
        default:
            throw source.failure(
                at: start, "this escape does not exist in TOML 1.0; write '\\\\' for a backslash, or use single quotes")
        }
    }

    private mutating func scalar(_ count: Int, _ start: Int) throws(NotationError) -> Unicode.Scalar {
        var value: UInt32 = 0
        for _ in 0..<count {
            guard let digit = RadixInteger.value(of: peek()) else {
                throw source.failure(at: start, "this escape needs \(count) hexadecimal digits")
            }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        guard let scalar = Unicode.Scalar(value) else {
            throw source.failure(at: start, "this escape is no character")
        }
        return scalar
    }
}
