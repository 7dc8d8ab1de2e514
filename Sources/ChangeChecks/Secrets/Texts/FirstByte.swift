/// What a byte can be the beginning of: the table that lets the scanner pass over most bytes with one look.
struct FirstByte: OptionSet {
    let rawValue: UInt8

    /// A letter or a digit: what follows it is inside of a word.
    static let word = FirstByte(rawValue: 1)
    /// Some secret begins with it, at the beginning of a word.
    static let beginsWord = FirstByte(rawValue: 2)
    /// Some secret begins with it, or is recognised by it, wherever it stands.
    static let anywhere = FirstByte(rawValue: 4)

    init(rawValue: UInt8) { self.rawValue = rawValue }

    @inline(__always)
    init(of byte: UInt8) {
        switch byte {
        case UInt8(ascii: "-"), UInt8(ascii: ":"), UInt8(ascii: "="): self = .anywhere
        case UInt8(ascii: "A"), UInt8(ascii: "S"), UInt8(ascii: "c"), UInt8(ascii: "e"), UInt8(ascii: "g"),
            UInt8(ascii: "h"), UInt8(ascii: "n"), UInt8(ascii: "p"), UInt8(ascii: "r"), UInt8(ascii: "s"),
            UInt8(ascii: "x"):
            self = [.word, .beginsWord]
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: self = .word
        default: self = []
        }
    }
}
