import ConfigModel

/// The UTF-8 bytes of a text, or of a part of one, for the time of a call.
typealias ByteText = UnsafeBufferPointer<UInt8>

extension ByteText {
    /// A part of the text.
    func part(_ range: Range<Int>) -> ByteText { ByteText(rebasing: self[range]) }

    /// The text from an offset to the end.
    func part(from start: Int) -> ByteText { ByteText(rebasing: self[Swift.min(start, count)...]) }

    /// Whether some ASCII text stands at an offset.
    func has(_ text: StaticString, at start: Int = 0) -> Bool {
        guard start >= 0, count - start >= text.utf8CodeUnitCount else { return false }
        for index in 0..<text.utf8CodeUnitCount where self[start + index] != text.utf8Start[index] { return false }
        return true
    }

    /// The same, where ASCII letters of the text may be in either case.
    ///
    /// - Parameter text: in lower case.
    func hasCaseless(_ text: StaticString, at start: Int = 0) -> Bool {
        guard start >= 0, count - start >= text.utf8CodeUnitCount else { return false }
        for index in 0..<text.utf8CodeUnitCount where self[start + index].lowercased != text.utf8Start[index] {
            return false
        }
        return true
    }

    /// Whether it ends in some ASCII text, given in lower case; the case does not count.
    func endsCaseless(in text: StaticString) -> Bool { hasCaseless(text, at: count - text.utf8CodeUnitCount) }

    /// Whether some ASCII text stands anywhere in it.
    func contains(_ text: StaticString) -> Bool {
        guard count >= text.utf8CodeUnitCount else { return false }
        return (0...(count - text.utf8CodeUnitCount)).contains { has(text, at: $0) }
    }

    /// In lower case; only ASCII letters have one here.
    var lowercased: String { String(decoding: map(\.lowercased), as: UTF8.self) }

    /// Whether every byte is of one of some kinds.
    func consists(of kinds: ByteKinds) -> Bool { allSatisfy(kinds.include) }

    /// Whether some byte is of one of some kinds.
    func holds(_ kinds: ByteKinds) -> Bool { contains(where: kinds.include) }
}

extension UInt8 {
    /// An ASCII letter in lower case, every other byte as it is.
    var lowercased: UInt8 { self >= 0x41 && self <= 0x5a ? self | 0x20 : self }
}

/// What kinds of characters a byte belongs to.
struct ByteKinds: OptionSet {
    let rawValue: UInt8

    static let digit = ByteKinds(rawValue: 1)
    static let upper = ByteKinds(rawValue: 2)
    static let lower = ByteKinds(rawValue: 4)
    static let dash = ByteKinds(rawValue: 8)
    static let underscore = ByteKinds(rawValue: 16)
    static let dot = ByteKinds(rawValue: 32)
    /// Space, tab, line feed, carriage return.
    static let blank = ByteKinds(rawValue: 64)
    /// A part of a character that is not ASCII.
    static let other = ByteKinds(rawValue: 128)

    static let letter: ByteKinds = [.upper, .lower]
    static let alphanumeric: ByteKinds = [.upper, .lower, .digit]
    /// What Base64 for URLs consists of.
    static let base64URL: ByteKinds = [.upper, .lower, .digit, .dash, .underscore]
    /// What the names of settings consist of.
    static let name: ByteKinds = [.upper, .lower, .digit, .dash, .underscore, .dot]

    init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Whether a byte is of one of these kinds.
    @inline(__always)
    func include(_ byte: UInt8) -> Bool { !isDisjoint(with: ByteKinds(of: byte)) }

    @inline(__always)
    init(of byte: UInt8) {
        switch byte {
        case 0x30...0x39: self = .digit
        case 0x41...0x5a: self = .upper
        case 0x61...0x7a: self = .lower
        case 0x2d: self = .dash
        case 0x5f: self = .underscore
        case 0x2e: self = .dot
        case 0x20, 0x09, 0x0a, 0x0d: self = .blank
        case 0x80...: self = .other
        default: self = []
        }
    }
}
