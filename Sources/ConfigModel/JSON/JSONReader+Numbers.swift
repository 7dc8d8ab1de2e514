extension JSONReader {
    /// Reads a number and keeps its literal.
    mutating func readNumber() throws(JSONReadFailure) -> JSONNumber {
        let start = position
        if bytes[position] == UInt8(ascii: "-") { position += 1 }
        if position < bytes.count, bytes[position] == UInt8(ascii: "0") {
            position += 1
            if position < bytes.count, Self.isDigit(bytes[position]) { throw invalid(from: start) }
        } else {
            try readDigits(ofNumberAt: start)
        }
        if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
            position += 1
            try readDigits(ofNumberAt: start)
        }
        if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
            position += 1
            if position < bytes.count, bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-") {
                position += 1
            }
            try readDigits(ofNumberAt: start)
        }
        let literal = UnsafeBufferPointer(rebasing: bytes[start..<position])
        return JSONNumber(literal: String(decoding: literal, as: UTF8.self))
    }

    /// At least one digit.
    private mutating func readDigits(ofNumberAt start: Int) throws(JSONReadFailure) {
        guard position < bytes.count else { throw failure(.unexpectedEnd) }
        guard Self.isDigit(bytes[position]) else { throw invalid(from: start) }
        while position < bytes.count, Self.isDigit(bytes[position]) { position += 1 }
    }

    private func invalid(from start: Int) -> JSONReadFailure { JSONReadFailure(reason: .invalidNumber, offset: start) }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
