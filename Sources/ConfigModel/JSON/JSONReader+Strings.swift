extension JSONReader {
    /// Reads a string, quotes included.
    mutating func readString() throws(JSONReadFailure) -> String {
        let start = position + 1
        position = endOfPlainBytes(from: start)
        guard position < bytes.count else { throw failure(.unexpectedEnd) }
        switch bytes[position] {
        case UInt8(ascii: "\""):
            let text = try validated(start..<position)
            position += 1
            return text
        case UInt8(ascii: "\\"): return try readEscapedString(from: start)
        default: throw failure(.controlCharacter)
        }
    }

    /// The place of the next quote, backslash or control character; eight bytes at a time while there are as many.
    private func endOfPlainBytes(from start: Int) -> Int {
        var index = start
        let ones: UInt64 = 0x0101_0101_0101_0101
        let tops: UInt64 = 0x8080_8080_8080_8080
        let raw = UnsafeRawBufferPointer(bytes)
        while index + 8 <= raw.count {
            let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            let quote = word ^ (ones &* 0x22)
            let backslash = word ^ (ones &* 0x5c)
            // A byte is zero (or below 0x20) where the subtraction borrows into its top bit.
            let found =
                ((quote &- ones) & ~quote) | ((backslash &- ones) & ~backslash) | ((word &- (ones &* 0x20)) & ~word)
            if found & tops != 0 { return index + UInt64(littleEndian: found & tops).trailingZeroBitCount / 8 }
            index += 8
        }
        while index < raw.count {
            let byte = raw[index]
            if byte == 0x22 || byte == 0x5c || byte < 0x20 { break }
            index += 1
        }
        return index
    }

    private func validated(_ range: Range<Int>) throws(JSONReadFailure) -> String {
        let slice = UnsafeBufferPointer(rebasing: bytes[range])
        // What most strings are needs no validation, which costs more than everything else about a short one.
        if Self.isASCII(slice) { return String(decoding: slice, as: UTF8.self) }
        if let text = String(validating: slice, as: UTF8.self) { return text }
        throw JSONReadFailure(reason: .invalidUTF8, offset: range.lowerBound + Self.lengthOfValidPrefix(slice))
    }

    /// Eight bytes at a time while there are as many.
    private static func isASCII(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let raw = UnsafeRawBufferPointer(bytes)
        var index = 0
        var union: UInt64 = 0
        while index + 8 <= raw.count {
            union |= raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            index += 8
        }
        while index < raw.count {
            union |= UInt64(raw[index])
            index += 1
        }
        return union & 0x8080_8080_8080_8080 == 0
    }

    private mutating func readEscapedString(from start: Int) throws(JSONReadFailure) -> String {
        unescaped.removeAll(keepingCapacity: true)
        var plainStart = start
        while true {
            let plain = UnsafeBufferPointer(rebasing: bytes[plainStart..<position])
            unescaped.append(contentsOf: plain)
            guard position < bytes.count else { throw failure(.unexpectedEnd) }
            switch bytes[position] {
            case UInt8(ascii: "\""):
                guard let text = unescapedText else {
                    // Escapes are ASCII and make valid UTF-8, so what is wrong is wrong in the raw bytes too.
                    _ = try validated(start..<position)
                    throw failure(.invalidUTF8)
                }
                position += 1
                return text
            case UInt8(ascii: "\\"): try readEscape()
            default: throw failure(.controlCharacter)
            }
            plainStart = position
            position = endOfPlainBytes(from: position)
        }
    }

    private var unescapedText: String? {
        unescaped.withUnsafeBufferPointer {
            Self.isASCII($0) ? String(decoding: $0, as: UTF8.self) : String(validating: $0, as: UTF8.self)
        }
    }

    private mutating func readEscape() throws(JSONReadFailure) {
        guard position + 1 < bytes.count else {
            position = bytes.count
            throw failure(.unexpectedEnd)
        }
        let byte: UInt8
        switch bytes[position + 1] {
        case UInt8(ascii: "\""): byte = UInt8(ascii: "\"")
        case UInt8(ascii: "\\"): byte = UInt8(ascii: "\\")
        case UInt8(ascii: "/"):
            byte = UInt8(ascii: "/")
            isCanonical = false
        case UInt8(ascii: "b"): byte = 0x08
        case UInt8(ascii: "f"): byte = 0x0c
        case UInt8(ascii: "n"): byte = 0x0a
        case UInt8(ascii: "r"): byte = 0x0d
        case UInt8(ascii: "t"): byte = 0x09
        case UInt8(ascii: "u"):
            try readUnicodeEscape()
            return
        default: throw failure(.invalidEscape)
        }
        unescaped.append(byte)
        position += 2
    }

    /// Reads `\uXXXX`, and the other half behind it when it is a surrogate.
    private mutating func readUnicodeEscape() throws(JSONReadFailure) {
        let unit = try hexadecimalUnit(at: position)
        guard (0xd800...0xdfff).contains(unit) else {
            if !JSONText.isEscapedByUnit(unit) || hasUpperCaseDigit(at: position) { isCanonical = false }
            append(scalar: unit)
            position += 6
            return
        }
        isCanonical = false
        let next = position + 6
        guard unit < 0xdc00, next + 1 < bytes.count, bytes[next] == UInt8(ascii: "\\"),
            bytes[next + 1] == UInt8(ascii: "u")
        else { throw failure(.loneSurrogate) }
        let second = try hexadecimalUnit(at: next)
        guard (0xdc00...0xdfff).contains(second) else { throw failure(.loneSurrogate) }
        append(scalar: 0x10000 + (unit - 0xd800) << 10 + (second - 0xdc00))
        position = next + 6
    }

    private func hexadecimalUnit(at start: Int) throws(JSONReadFailure) -> UInt32 {
        var unit: UInt32 = 0
        for index in start + 2..<start + 6 {
            guard index < bytes.count else { throw JSONReadFailure(reason: .unexpectedEnd, offset: bytes.count) }
            let digit: UInt8
            switch bytes[index] {
            case let byte where (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte): digit = byte - 0x30
            case let byte where (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte): digit = byte - 0x57
            case let byte where (UInt8(ascii: "A")...UInt8(ascii: "F")).contains(byte): digit = byte - 0x37
            default: throw JSONReadFailure(reason: .invalidEscape, offset: start)
            }
            unit = unit << 4 | UInt32(digit)
        }
        return unit
    }

    private func hasUpperCaseDigit(at start: Int) -> Bool {
        bytes[start + 2..<start + 6].contains { (UInt8(ascii: "A")...UInt8(ascii: "F")).contains($0) }
    }

    /// Appends a scalar value as UTF-8.
    private mutating func append(scalar: UInt32) {
        switch scalar {
        case ..<0x80: unescaped.append(UInt8(scalar))
        case ..<0x800: unescaped += [UInt8(0xc0 | scalar >> 6), continuation(scalar)]
        case ..<0x10000: unescaped += [UInt8(0xe0 | scalar >> 12), continuation(scalar >> 6), continuation(scalar)]
        default:
            unescaped += [
                UInt8(0xf0 | scalar >> 18), continuation(scalar >> 12), continuation(scalar >> 6), continuation(scalar),
            ]
        }
    }

    private func continuation(_ bits: UInt32) -> UInt8 { UInt8(0x80 | bits & 0x3f) }

    /// How many bytes from the start are valid UTF-8.
    static func lengthOfValidPrefix(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var parser = Unicode.UTF8.ForwardParser()
        var iterator = bytes.makeIterator()
        var length = 0
        while case .valid(let scalar) = parser.parseScalar(from: &iterator) { length += scalar.count }
        return length
    }
}
