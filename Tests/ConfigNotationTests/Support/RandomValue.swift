import ConfigModel
import TestSupport

/// Random values of what notations like to mix up.
struct RandomValue {
    private static let pieces = [
        "a", "key", "on", "No", "~", "null", "1", "01", "0x1F", "1_000", "22:22", "2026-01-05", "1e3", ".5", "-", "- a",
        "? b",
        ": c", "a: b", "a #b", "#", "&x", "*y", "!z", "|", ">", "%", "@", "`", "'", "\"", "\\", "[", "]", "{", "}", ",",
        "\n",
        "\n\n", "\t", " ", "  ", "\r", "\r\n", "\u{0}", "\u{7f}", "\u{85}", "\u{a0}", "\u{2028}", "\u{feff}",
        "\u{ffff}", "é",
        "e\u{301}", "😀", "\u{e0067}", "---", "...", "<<", "=", "x\ny\n",
    ]
    private static let numbers = [
        "0", "-0", "1", "1.0", "1e0", "0.1", "-12.5E+3", "18446744073709551617", "5e-324", "1e400", "0e1", "1.5e-3",
    ]

    var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    mutating func value(depth: Int = 4) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 8 : 5), using: &generator) {
        case 0: .null
        case 1: .bool(Bool.random(using: &generator))
        case 2: .number(JSONNumber(literal: Self.numbers.randomElement(using: &generator) ?? "0"))
        case 3, 4: .string(text())
        case 5: .array((0..<Int.random(in: 0..<4, using: &generator)).map { _ in value(depth: depth - 1) })
        default: .object(object(depth: depth - 1))
        }
    }

    private mutating func object(depth: Int) -> JSONObject {
        var object = JSONObject()
        for _ in 0..<Int.random(in: 0..<5, using: &generator) { object[text()] = value(depth: depth) }
        return object
    }

    private mutating func text() -> String {
        (0..<Int.random(in: 0..<4, using: &generator)).map { _ in Self.pieces.randomElement(using: &generator) ?? "" }
            .joined()
    }
}
