import ConfigModel
import Testing

@Suite struct JSONReaderRefusalTests {
    @Test(arguments: [
        // Structure.
        "", " ", "[", "{", "]", "}", ",", ":", "[1", "[1,", "[1,]", "[,1]", "[,]", "[1 2]", "[1,,2]", "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}", "{,}", "{\"a\" 1}", "{1:1}", "{a:1}", "{'a':1}", "{\"a\":1 \"b\":2}", "{\"a\":1,,\"b\":2}",
        "{\"a\"::1}", "[}",
        "{]", "[1}", "{\"a\":1]", "[1]]", "{}{}", "1 2", "[]x", "\"a\"\"b\"",
        // Words.
        "nul", "tru", "fals", "nulll", "True", "NULL", "NaN", "Infinity", "-Infinity", "undefined", "nan", "n", "t",
        // Comments and other dialects.
        "// c\n1", "/* c */1", "[1]//", "#1", "'a'", "`a`", "(1)", "[1;2]", "{\"a\"=1}", "\u{a0}1", "\u{c}1", "\u{b}1",
        "\u{85}1",
        // Numbers.
        "-", "+1", "01", "-01", "00", "1.", ".1", "-.1", "1.e1", "1e", "1E", "1e+", "1e-", "1e1.5", "0x1", "1_000",
        "--1", "1-", "0e",
        "1,5", "１", "1.2.3", "-a", "2.", "0.e1", "[-]", "[1.]", "[1e]", "1f", "- 1",
        // Strings.
        "\"", "\"a", "\"\\\"", "\"\\", "\"\\a\"", "\"\\x41\"", "\"\\'\"", "\"\\ \"", "\"\\u\"", "\"\\u0\"", "\"\\u00\"",
        "\"\\u004\"",
        "\"\\u004g\"", "\"\\u+041\"", "\"\\U0041\"", "\"\\u00", "\"a\nb\"", "\"a\tb\"", "\"a\u{0}b\"", "\"\u{1f}\"",
        "\"\\\n\"",
        // Surrogates.
        "\"\\ud800\"", "\"\\udc00\"", "\"\\ud800\\ud800\"", "\"\\udc00\\ud800\"", "\"\\ud800x\"", "\"\\ud800\\n\"",
        "\"\\ud800\\u0041\"",
        "\"\\ud83d\\ude0\"", "\"\\ud83d\\\"", "\"\\ud83d",
        // Duplicate keys, compared after unescaping.
        "{\"a\":1,\"a\":1}", "{\"a\":1,\"\\u0061\":2}", "{\"b\":0,\"a\":1,\"b\":2}", "{\"\":1,\"\":2}",
        "[{\"x\":{\"k\":1,\"j\":2,\"k\":3}}]",
        // A byte order mark.
        "\u{feff}{}",
    ])
    func refuses(text: String) {
        #expect(throws: JSONError.self) { try JSONValue(parsing: text) }
    }

    @Test(
        arguments: [
            [0x22, 0xff, 0x22], [0x22, 0x80, 0x22], [0x22, 0xc3, 0x22], [0x22, 0xc0, 0xaf, 0x22],
            [0x22, 0xc1, 0xbf, 0x22],
            [0x22, 0xe0, 0x80, 0xaf, 0x22], [0x22, 0xe2, 0x82, 0x22], [0x22, 0xed, 0xa0, 0x80, 0x22],
            [0x22, 0xed, 0xbf, 0xbf, 0x22],
            [0x22, 0xf0, 0x80, 0x80, 0xaf, 0x22], [0x22, 0xf4, 0x90, 0x80, 0x80, 0x22],
            [0x22, 0xf5, 0x80, 0x80, 0x80, 0x22],
            [0x22, 0xf0, 0x9f, 0x98, 0x22], [0x22, 0x5c, 0x6e, 0xff, 0x22], [0x22, 0xc3, 0x5c, 0x6e, 0x22], [0xff],
            [0x5b, 0xff, 0x5d],
            [0xfe, 0xff, 0x00, 0x31], [0x31, 0x00], [0x00], [0x31, 0xff],
            [0x7b, 0x22, 0xe9, 0x22, 0x3a, 0x31, 0x7d],
        ] as [[UInt8]])
    func refusesBytesThatAreNotUTF8(bytes: [UInt8]) {
        #expect(throws: JSONError.self) { try JSONValue(parsing: bytes) }
    }

    @Test(arguments: ["[1,2", "{\"a\":[true", "\"abc", "{\"a\":", "[\"\\u00e9\"", "[1.5e3"])
    func refusesEveryBeginningOfADocument(text: String) throws {
        let closings = [
            "[1,2": "]", "{\"a\":[true": "]}", "\"abc": "\"", "{\"a\":": "1}", "[\"\\u00e9\"": "]", "[1.5e3": "]",
        ]
        let whole = text + (closings[text] ?? "")
        _ = try JSONValue(parsing: whole)
        for length in 0..<whole.utf8.count {
            #expect(throws: JSONError.self) { try JSONValue(parsing: Array(whole.utf8.prefix(length))) }
        }
    }
}
