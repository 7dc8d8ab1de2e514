/// Makes texts out of others by a few small changes, the same ones for the same seed.
package struct TextMutator {
    /// Bytes that readers treat in a way of their own.
    private static let pieces: [[UInt8]] =
        [
            "\n", "\r", "\r\n", "\t", " ", "    ", "\"", "'", "\\", "\\u", "\\ud800", "\\x", "{", "}", "[", "]", ":",
            ": ", ",", "-",
            "- ", "? ", "#", " #", "&a ", "*a", "!", "!!", "<<: ", "|", ">", "%", "@", "`", "=", ".", "0", "00", "0x",
            "1e", "-0",
            "18446744073709551616", "9223372036854775807", "e", "+", "_", "~", "null", "true", "---", "...", "\"\"\"",
            "'''", "[[", "]]",
            "é", "e\u{301}", "😀", "\u{feff}", "\u{85}", "\u{2028}", "/", "//", "..", "%00", "%2F", "%zz", "?", "&", ";",
            "W/", "data: ",
        ].map { Array($0.utf8) } + [
            [0], [0x1f], [0x7f], [0x80], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xff],
        ]

    private let corpus: [[UInt8]]
    private var generator: SeededGenerator

    /// - Parameter corpus: not empty.
    package init(corpus: [[UInt8]], seed: UInt64) {
        self.corpus = corpus
        generator = SeededGenerator(seed: seed)
    }

    /// The next text.
    package mutating func next() -> [UInt8] {
        var text = any()
        for _ in 0..<Int.random(in: 1...4, using: &generator) { mutate(&text) }
        return text
    }

    private mutating func any() -> [UInt8] { corpus.randomElement(using: &generator) ?? [] }

    private mutating func mutate(_ text: inout [UInt8]) {
        let start = Int.random(in: 0...text.count, using: &generator)
        let end = min(text.count, start + Int.random(in: 0...24, using: &generator))
        switch Int.random(in: 0..<9, using: &generator) {
        case 0: if start < text.count { text[start] = .random(in: .min ... .max, using: &generator) }
        case 1: text.removeSubrange(start..<end)
        case 2, 3: text.insert(contentsOf: Self.pieces.randomElement(using: &generator) ?? [], at: start)
        case 4: text.replaceSubrange(start..<end, with: Self.pieces.randomElement(using: &generator) ?? [])
        case 5: text.insert(contentsOf: text[start..<end], at: Int.random(in: 0...text.count, using: &generator))
        case 6: text.removeSubrange(start...)
        case 7:
            let count = Int.random(in: 1...200, using: &generator)
            text.insert(contentsOf: Array(repeatElement(text[start..<end], count: count).joined()), at: start)
        default:
            let other = any()
            text.replaceSubrange(start..., with: other[Int.random(in: 0...other.count, using: &generator)...])
        }
    }
}
