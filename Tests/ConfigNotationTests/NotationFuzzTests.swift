import ConfigModel
import ConfigNotation
import TestSupport
import Testing

/// Whatever the text, reading ends with a value that survives being written and read, or with a place inside of the text.
@Suite struct NotationFuzzTests {
    private static let yaml = [
        "a: 1\nb:\n  - x\n  - {c: [1, 'two', \"th\\x72ee\"], d: ~}\n",
        "%YAML 1.2\n--- # x\n&a key: !!str &b 012\nother: *b\n...\n",
        "base: &b {host: db, port: 0x1F}\nprod: {<<: *b, port: 1_000}\nmore:\n  <<: [*b, {x: 1}]\n",
        "a: |\n  text\n   more\n\nb: >-\n  folded\n  text\n\n   kept\nc: |2+\n    x\n\n",
        "? complex\n: - - a\n  - b: c\n    d: e\n",
        "[a: b, ? c : d, \"e\":f, {g, h: , i}]\n", "- 1.5\n- -.5e+3\n- 0o17\n- .inf\n- 22:22\n- no\n- 2026-01-05\n",
        "plain: some text\n  on two lines\nquoted: \"a\n\n  b \\\n  c\"\n",
        "{\"json\": [1, 2.50, true, null, \"\\ud83d\\ude00\"]}",
    ]

    private static let toml = [
        "a = 1\nb.c = \"x\\u00e9\"\n'd e' = '''\nlines\n'''\n",
        "[a]\nb = [1, 2.5e3, [true]]\n[a.c]\nd = {e = 1, f.g = 'h'}\n",
        "[[x]]\ny = 2026-01-05T02:00:00.5+01:00\n[[x]]\nz = 02:00:00\n[x.w]\n",
        "n = [0xFF, 0o7, 0b1, 1_000, +1.5, -0, 1e06, inf]\n",
        "s = \"\"\"\na \\\n   b\"\"\"\" # comment\nd = 2026-01-05 02:00:00Z\n",
    ]

    @Test(.timeLimit(.minutes(60)))
    func yaml() async throws {
        try await Fuzz.run("yaml", corpus: Self.yaml) { text in
            try check(text, YAMLText.read) { value throws(NotationError) in
                try YAMLText.read(Array(YAMLText.write(value).utf8))
            }
        }
    }

    @Test(.timeLimit(.minutes(60)))
    func toml() async throws {
        try await Fuzz.run("toml", corpus: Self.toml) { text in
            try check(text, TOMLText.read) { value throws(NotationError) in
                try YAMLText.read(Array(YAMLText.write(value).utf8))
            }
        }
    }

    /// - Parameter again: writes a value and reads it.
    private func check(
        _ text: [UInt8], _ read: ([UInt8]) throws(NotationError) -> JSONValue,
        _ again: (JSONValue) throws(NotationError) -> JSONValue
    ) throws {
        let shown = String(decoding: text, as: UTF8.self).debugDescription
        do {
            let value = try read(text)
            #expect(try again(value) == value, "\(shown)")
            #expect(
                try JSONValue(parsing: value.canonicalBytes, limits: JSONLimits(maximumDepth: 512)) == value, "\(shown)"
            )
        } catch let error as NotationError {
            let lines = text.count { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") } + 1
            #expect(
                (1...lines).contains(error.line) && (1...text.count + 1).contains(error.column), "\(shown): \(error)")
        }
    }
}
