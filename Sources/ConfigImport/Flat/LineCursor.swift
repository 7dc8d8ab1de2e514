/// Text read byte by byte, with the number of the line.
struct LineCursor {
    let bytes: [UInt8]
    private(set) var offset = 0
    private(set) var line = 1

    init(_ bytes: [UInt8]) { self.bytes = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? Array(bytes[3...]) : bytes }

    var isAtEnd: Bool { offset >= bytes.count }

    /// The next byte; nil at the end.
    var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    /// Takes the next byte. The end of a line is LF, whatever it was.
    mutating func take() -> UInt8? {
        guard var byte = next else { return nil }
        offset += 1
        if byte == UInt8(ascii: "\r") {
            if next == UInt8(ascii: "\n") { offset += 1 }
            byte = UInt8(ascii: "\n")
        }
        if byte == UInt8(ascii: "\n") { line += 1 }
        return byte
    }

    /// Takes blanks, which are not the end of a line.
    mutating func skipBlanks() {
        while let byte = next, byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == 0x0c { offset += 1 }
    }

    /// Takes the rest of the line with its end.
    mutating func takeLine() -> [UInt8] {
        var bytes: [UInt8] = []
        while let byte = take(), byte != UInt8(ascii: "\n") { bytes.append(byte) }
        return bytes
    }
}
