/// How AMQP 0-9-1 writes values.
package enum AMQPBytes {
    /// Big-endian.
    package static func integer(_ value: Int, _ size: Int) -> [UInt8] {
        (0..<size).reversed().map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }

    /// A short string: one byte of length.
    package static func short(_ text: String) -> [UInt8] {
        [UInt8(text.utf8.count)] + Array(text.utf8)
    }

    /// A long string, table or array: four bytes of length.
    package static func long(_ bytes: [UInt8]) -> [UInt8] {
        integer(bytes.count, 4) + bytes
    }

    /// A table member with a text.
    package static func member(_ key: String, _ value: String) -> [UInt8] {
        short(key) + [UInt8(ascii: "S")] + long(Array(value.utf8))
    }

    /// Tables in tables, as deep as it says; each level costs the same few bytes.
    package static func nestedTables(depth: Int) -> [UInt8] {
        // Built from both ends, because each level's length counts all that is inside.
        let level = [1, UInt8(ascii: "k"), UInt8(ascii: "F")]
        var bytes: [UInt8] = []
        for depth in (0..<depth).reversed() {
            bytes += level + integer(depth * (level.count + 4), 4)
        }
        return bytes
    }
}

extension AMQPBytes {
    /// Arrays in arrays, as a value.
    package static func nestedArrays(depth: Int) -> [UInt8] {
        (0..<depth).reversed().flatMap { [UInt8(ascii: "A")] + integer($0 * 5, 4) }
    }

    /// One member of each kind that the broker takes.
    package static var everyKindOfMember: [UInt8] {
        let sizes: KeyValuePairs<Character, Int> = [
            "t": 1, "b": 1, "B": 1, "s": 2, "u": 2, "I": 4, "i": 4, "l": 8, "f": 4, "d": 8, "D": 5, "T": 8, "V": 0,
        ]
        let fixed = sizes.flatMap { kind, size in
            short("k") + Array(String(kind).utf8) + [UInt8](repeating: 0, count: size)
        }
        let array = short("A") + [UInt8(ascii: "A")] + long([UInt8(ascii: "V")])
        let table = short("F") + [UInt8(ascii: "F")] + long(member("k", "v"))
        return fixed + array + table + short("x") + [UInt8(ascii: "x")] + long([0, 255]) + member("S", "text")
    }
}
