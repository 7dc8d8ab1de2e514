/// The bytes of a text that was found to be readable at all: UTF-8, without control characters that no notation allows.
struct NotationSource {
    /// Valid UTF-8 without a byte order mark at its start.
    let bytes: [UInt8]

    /// Skips a byte order mark at the start and looks at every character once.
    ///
    /// - Parameter joinsLineEnds: CRLF and CR become LF, as YAML reads them; places in the text stay what they are.
    init(_ input: [UInt8], joinsLineEnds: Bool = false) throws(NotationError) {
        let text = input.starts(with: [0xef, 0xbb, 0xbf]) ? Array(input[3...]) : input
        bytes = joinsLineEnds ? Self.joined(text) : text
        if text.starts(with: [0xff, 0xfe]) || text.starts(with: [0xfe, 0xff]) {
            throw failure(at: 0, "this is UTF-16; save the file as UTF-8")
        }
        if let offset = Self.firstInvalid(bytes) { throw failure(at: offset, "this is not UTF-8") }
        if let offset = bytes.firstIndex(where: Self.isRefusedControl) {
            let name = bytes[offset] == 0 ? "a NUL" : "the control character U+00\(hexadecimal(bytes[offset]))"
            throw failure(at: offset, "\(name) cannot stand here; in double quotes it can be written as an escape")
        }
    }

    /// The byte at an offset; 0, which never stands in the text, behind the end.
    subscript(offset: Int) -> UInt8 { offset < bytes.count ? bytes[offset] : 0 }

    /// An error with line and column of an offset.
    func failure(at offset: Int, _ reason: String) -> NotationError {
        let before = bytes[..<min(offset, bytes.count)]
        let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        return NotationError(
            line: before.count { $0 == UInt8(ascii: "\n") } + 1,
            column: before[lineStart...].count { $0 & 0xc0 != 0x80 } + 1,
            reason: reason)
    }

    /// A part of the text.
    func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    /// The character at an offset for messages: quoted, or by its number when it cannot be seen.
    func character(at offset: Int) -> String {
        guard offset < bytes.count else { return "the end" }
        var end = offset + 1
        while end < bytes.count, bytes[end] & 0xc0 == 0x80 { end += 1 }
        let text = string(offset..<end)
        switch text {
        case "\n", "\r": return "the end of the line"
        case "\t": return "a tab"
        case "'": return "\"'\""
        default: return "'\(text)'"
        }
    }

    private static func isRefusedControl(_ byte: UInt8) -> Bool {
        byte < 0x20 && byte != UInt8(ascii: "\t") && byte != UInt8(ascii: "\n") && byte != UInt8(ascii: "\r")
    }

    private static func joined(_ text: [UInt8]) -> [UInt8] {
        guard text.contains(UInt8(ascii: "\r")) else { return text }
        var joined: [UInt8] = []
        joined.reserveCapacity(text.count)
        for (index, byte) in text.enumerated() {
            if byte == UInt8(ascii: "\n"), index > 0, text[index - 1] == UInt8(ascii: "\r") { continue }
            joined.append(byte == UInt8(ascii: "\r") ? UInt8(ascii: "\n") : byte)
        }
        return joined
    }

    private static func firstInvalid(_ bytes: [UInt8]) -> Int? {
        guard String(validating: bytes, as: UTF8.self) == nil else { return nil }
        var parser = Unicode.UTF8.ForwardParser()
        var iterator = bytes.makeIterator()
        var offset = 0
        while true {
            switch parser.parseScalar(from: &iterator) {
            case .valid(let scalar): offset += scalar.count
            case .emptyInput, .error: return offset
            }
        }
    }
}

/// Two upper-case hexadecimal digits.
private func hexadecimal(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return digits.count < 2 ? "0" + digits : digits
}
