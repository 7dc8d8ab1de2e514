import ConfigModel
import ConfigNotation
import Testing

/// What is no YAML, or no one document, is refused with its place; nothing is guessed.
@Suite struct YAMLRefusalTests {
    @Test(arguments: [
        Refusal("", 1, 1, "no document"), Refusal("# nothing\n", 2, 1, "no document"),
        Refusal("a: 1\n---\nb: 2\n", 2, 1, "several documents"),
        Refusal("a: 1\n...\nb: 2\n", 3, 1, "several documents"),
        Refusal("a: 1\n---\n", 2, 1, "several documents"), Refusal("a: 1\na: 2\n", 2, 1, #"the key "a" occurs twice"#),
        Refusal("{a: 1, \"a\": 2}", 1, 8, "occurs twice"), Refusal("a: 1\n<<: {}\n<<: {}\n", 3, 1, "<< occurs twice"),
        Refusal("<<: 1", 1, 5, "not a number"), Refusal("<<: [{}, x]", 1, 5, "not a string"),
        Refusal("a: *b", 1, 4, "no anchor &b"), Refusal("a: &a [*a]", 1, 8, "no end"),
        Refusal("[a]: b", 1, 1, "cannot be a key"), Refusal("? {a: b}\n: c", 1, 3, "cannot be a key"),
        Refusal(": a", 1, 1, "no key"), Refusal("!!int 1: a", 1, 7, "keys are text"),
        Refusal("%YAML 1.1\n---\na: no", 1, 1, "YAML 1.1"), Refusal("%YAML 1.2\na: 1", 2, 1, "'---' must follow"),
    ])
    func meaning(_ refusal: Refusal) { refusal.check(YAMLText.read) }

    @Test(arguments: [
        Refusal("a: b: c", 1, 4, "put the value in quotes"), Refusal("a: {{ b }}", 1, 5, "Put the value in quotes"),
        Refusal("a: {{ b }}/c", 1, 11, "put the value in quotes"), Refusal("a: *.txt", 1, 4, "put the value in quotes"),
        Refusal("a: b: c", 1, 4, "a mapping cannot begin here"), Refusal("a: - b", 1, 4, "cannot begin here"),
        Refusal("a: 1\n b: 2", 2, 3, "a mapping cannot begin here"),
        Refusal("a:\n  b: 1\n c: 2", 3, 2, "indented"), Refusal("a:\n\tb: 1", 2, 1, "a tab cannot indent"),
        Refusal("a:\n  b: 1\n\tc: 2", 3, 1, "a tab cannot indent"), Refusal("a: [1", 1, 4, "does not close"),
        Refusal("a: [\n", 1, 4, "does not close"), Refusal("a: {b: 1,\n", 1, 4, "does not close"),
        Refusal("a: [1,\n2]", 2, 1, "must be indented"),
        Refusal("a: \"b", 1, 4, "do not close"), Refusal("a: 'b\n---\n'", 1, 4, "do not close"),
        Refusal("a: \"b\nc\"", 2, 1, "must be indented"), Refusal(#"a: "\q""#, 1, 5, "escape does not exist"),
        Refusal(#"a: "\ud800""#, 1, 5, "no character"), Refusal("a: \"b\" c", 1, 8, "unexpected 'c'"),
        Refusal("a: @b", 1, 4, "cannot begin with '@'"), Refusal("a: `b", 1, 4, "cannot begin"),
        Refusal("a: %b", 1, 4, "cannot begin"), Refusal("[a,,b]", 1, 4, "a value is expected"),
        Refusal("a: |x\n b", 1, 5, "behind '|' or '>'"), Refusal("a: |\n   \n b", 2, 4, "more spaces"),
        Refusal("a: &x &y 1", 1, 7, "one anchor"), Refusal("a: &x *x", 1, 7, ""),
        Refusal("\"a\n b\": c", 1, 1, "one line"),
        Refusal("a\nb: c", 2, 2, "a mapping cannot begin here"), Refusal("é: x\nü: [ö", 2, 4, "does not close"),
    ])
    func form(_ refusal: Refusal) { refusal.check(YAMLText.read) }

    @Test(
        arguments: [
            ([0x61, 0x3a, 0x20, 0xff], "not UTF-8", 4), ([0xff, 0xfe, 0x61, 0x00], "UTF-16", 1),
            ([0x61, 0x00, 0x62], "NUL", 2),
            ([0x22, 0x07, 0x22], "U+0007", 2), ([0xc0, 0x80], "not UTF-8", 1), ([0xed, 0xa0, 0x80], "not UTF-8", 1),
        ] as [([UInt8], String, Int)])
    func bytesThatAreNoTextAreRefusedWhereTheyStand(_ bytes: [UInt8], reason: String, column: Int) {
        do {
            Issue.record("\(bytes) was read as \(try YAMLText.read(bytes))")
        } catch {
            #expect(error.reason.contains(reason) && error.line == 1 && error.column == column, "\(error)")
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func workIsBoundedNestingAliasesThatMultiplyLongKeysAndNumbers() throws {
        let levels = (0..<9).map {
            "a\($0 + 1): &a\($0 + 1) [" + Array(repeating: "*a\($0)", count: 9).joined(separator: ",") + "]\n"
        }
        let bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n" + levels.joined()
        let merges = (0..<40).map { "m\($0 + 1): &m\($0 + 1) {k\($0): [*m\($0), *m\($0)], <<: *m\($0)}\n" }
        let texts = [
            bomb, "m0: &m0 {a: 1}\n" + merges.joined(), String(repeating: "[", count: 100_000),
            String(repeating: "- ", count: 100_000), String(repeating: "? ", count: 100_000),
            String(repeating: "{a: ", count: 100_000),
            (0..<3_000).map { String(repeating: " ", count: $0) + "a:\n" }.joined(),
            (0..<90).map { "a\($0): &a\($0) [[[[\($0 == 0 ? "x" : "*a\($0 - 1)")]]]]\n" }.joined(),
        ]
        for text in texts {
            #expect(throws: NotationError.self, "\(text.prefix(40))") { try YAMLText.read(Array(text.utf8)) }
        }
        let many = "[" + String(repeating: "&a 1, *a, ", count: 50_000) + "]"
        #expect(try YAMLText.read(Array(many.utf8)).canonicalBytes.count == 200_001)
        let blank = "a:\n" + String(repeating: "  \n", count: 200_000) + "  b"
        #expect(try YAMLText.read(Array(blank.utf8)).description == #"{"a":"b"}"#)
    }
}
