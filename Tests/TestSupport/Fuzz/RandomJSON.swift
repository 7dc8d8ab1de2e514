package import ConfigModel

/// Random JSON values and random spellings of them.
package struct RandomJSON {
    package var generator: SeededGenerator

    package init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    package mutating func value(depth: Int = 4) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 8 : 5), using: &generator) {
        case 0: .null
        case 1: .bool(Bool.random(using: &generator))
        case 2: .number(number())
        case 3, 4: .string(text())
        case 5: .array((0..<Int.random(in: 0..<5, using: &generator)).map { _ in value(depth: depth - 1) })
        default: .object(object(depth: depth - 1))
        }
    }

    package mutating func object(depth: Int = 4) -> JSONObject {
        var object = JSONObject()
        for _ in 0..<Int.random(in: 0..<6, using: &generator) { object[text()] = value(depth: depth - 1) }
        return object
    }

    private mutating func number() -> JSONNumber {
        let literals = [
            "0", "-0", "1", "1.0", "1e0", "0.1", "-12.5E+3", "18446744073709551617", "5e-324", "1e400",
            "-9223372036854775808", "1180591620717411303424",
        ]
        return Bool.random(using: &generator)
            ? JSONNumber(literal: literals.randomElement(using: &generator) ?? "0")
            : JSONNumber(Int64.random(in: .min ... .max, using: &generator))
    }

    private mutating func text() -> String {
        let pieces = [
            "a", "b", "key", "\"", "\\", "/", "\n", "\r\n", "\t", "\u{8}", "\u{c}", "\u{0}", "\u{1f}", "\u{7f}", "é",
            "e\u{301}",
            "\u{d7ff}", "\u{e000}", "\u{ffff}", "😀", "\u{10ffff}", "~", "a.b", "__proto__", "a longer piece of text",
            "\u{2028}", "ß",
        ]
        let count = Int.random(in: 0..<5, using: &generator)
        return (0..<count).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
    }

    /// The same value with other white space, member order and escapes; canonical by chance.
    package mutating func spelling(of value: JSONValue) -> String {
        let core =
            switch value {
            case .null: "null"
            case .bool(let flag): flag ? "true" : "false"
            case .number(let number): number.text
            case .string(let text): spelling(of: text)
            case .array(let elements): "[" + elements.map { spelling(of: $0) }.joined(separator: ",") + "]"
            case .object(let object):
                "{"
                    + members(of: object).map { spelling(of: $0) + space() + ":" + spelling(of: $1) }.joined(
                        separator: ",")
                    + "}"
            }
        return space() + core + space()
    }

    private mutating func members(of object: JSONObject) -> [(String, JSONValue)] {
        let members = object.map { ($0.key, $0.value) }
        return Int.random(in: 0..<3, using: &generator) == 0 ? members.shuffled(using: &generator) : members
    }

    private mutating func space() -> String {
        Int.random(in: 0..<12, using: &generator) == 0
            ? [" ", "\n", "\r", "\t"].randomElement(using: &generator) ?? "" : ""
    }

    private mutating func spelling(of text: String) -> String {
        "\"" + text.unicodeScalars.map { spelling(of: $0) }.joined() + "\""
    }

    private mutating func spelling(of scalar: Unicode.Scalar) -> String {
        let short = ["\"": "\\\"", "\\": "\\\\", "\u{8}": "\\b", "\u{c}": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"]
        let mustEscape = scalar.value < 0x20 || scalar == "\"" || scalar == "\\"
        let choice = Int.random(in: 0..<20, using: &generator)
        if choice == 0 { return units(of: scalar, upperCase: true) }
        if choice == 1 { return units(of: scalar, upperCase: false) }
        if choice == 2, scalar == "/" { return "\\/" }
        guard mustEscape else { return String(scalar) }
        return short[String(scalar)] ?? units(of: scalar, upperCase: false)
    }

    private func units(of scalar: Unicode.Scalar, upperCase: Bool) -> String {
        String(scalar).utf16.map { unit in
            let digits = String(unit, radix: 16, uppercase: upperCase)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }.joined()
    }
}
