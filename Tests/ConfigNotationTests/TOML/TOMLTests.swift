import ConfigModel
import ConfigNotation
import Testing

/// TOML 1.0: what is written is what comes in, everything else is refused with its place.
@Suite struct TOMLTests {
    @Test(arguments: [
        Reading("a = 3.14159265358979323846", says: #"{"a":3.14159265358979323846}"#),
        Reading("a = 1.10", says: #"{"a":1.10}"#),
        Reading("a = -2.50e3", says: #"{"a":-2.50e3}"#), Reading("a = 1e06", says: #"{"a":1e06}"#),
        Reading("a = +1_000.5", says: #"{"a":1000.5}"#), Reading("a = [+1, -0, +0]", says: #"{"a":[1,-0,0]}"#),
        Reading("a = 0xDEAD_beef", says: #"{"a":3735928559}"#), Reading("a = 0o755", says: #"{"a":493}"#),
        Reading("a = 0b1101", says: #"{"a":13}"#),
        Reading("a = 18446744073709551617", says: #"{"a":18446744073709551617}"#),
        Reading("a = 0x1ffffffffffffffff", says: #"{"a":36893488147419103231}"#),
    ])
    func numbersKeepTheirTextOrTheirValueWhereJSONHasNoSuchText(_ reading: Reading) throws {
        #expect(try TOMLText.read(Array(reading.text.utf8)).description == reading.json)
    }

    @Test(arguments: [
        "2026-01-05T02:00:00", "2026-01-05T02:00:00.5", "2026-01-05", "02:00:00", "02:00:00.123456789",
        "2026-01-05T02:00:00Z",
        "2026-01-05 02:00:00z", "2026-01-05t02:00:00+01:00", "2024-02-29", "2026-06-30T23:59:60Z",
    ])
    func datesAndTimesAreKeptAsTheyWereWritten(text: String) throws {
        #expect(try TOMLText.read(Array("a = \(text)\n".utf8)).description == "{\"a\":\"\(text)\"}")
    }

    @Test(arguments: [
        Reading(#"a = "x\t\"\\\u00e9\U0001F600""#, says: #"{"a":"x\t\"\\é😀"}"#),
        Reading(#"a = 'C:\x'"#, says: #"{"a":"C:\\x"}"#),
        Reading("a = \"\"\"\nx\\\n   \n  y\"\"\"\"\"", says: #"{"a":"xy\"\""}"#),
        Reading("a = '''\r\nx\r\n'y''''", says: #"{"a":"x\r\n'y'"}"#),
        Reading("a.b = 1\na.'c d' = 2\n\"\" = 3\n1.2 = 4", says: #"{"":3,"1":{"2":4},"a":{"b":1,"c d":2}}"#),
        Reading("[a.b]\nc = 1\n[a]\nd = 2\n[a.e.f]", says: #"{"a":{"b":{"c":1},"d":2,"e":{"f":{}}}}"#),
        Reading("[[a]]\nb = 1\n[[a]]\n[a.c]\nd = 2", says: #"{"a":[{"b":1},{"c":{"d":2}}]}"#),
        Reading("[a]\nb.c = 1\n[a.b.d]", says: #"{"a":{"b":{"c":1,"d":{}}}}"#),
        Reading(
            "a = [1, [2,\n 3, # comment\n], {b = {}, c.d = true}]",
            says: #"{"a":[1,[2,3],{"b":{},"c":{"d":true}}]}"#),
        Reading("\u{feff}a = 1 # \u{feff}", says: #"{"a":1}"#), Reading("", says: "{}"),
        Reading("\"\u{e9}\" = 1\n\"e\u{301}\" = 2", says: "{\"e\u{301}\":2,\"\u{e9}\":1}"),
    ])
    func stringsKeysAndTables(_ reading: Reading) throws {
        #expect(try TOMLText.read(Array(reading.text.utf8)).description == reading.json)
    }

    @Test(arguments: [
        Refusal("[*]\nindent = 2", 1, 2, "a key"), Refusal("a = inf", 1, 5, "no number inf"),
        Refusal("a = [-nan]", 1, 6, "-nan"),
        Refusal("a = 1\na = 2", 2, 1, #""a" has a value already"#), Refusal("[a]\n[a]", 2, 2, "defined twice"),
        Refusal("a = {b = 1}\n[a.c]", 2, 2, "has a value"), Refusal("a = []\n[[a]]", 2, 3, "has a value"),
        Refusal("[a]\n[[a]]", 2, 3, "a table already"), Refusal("[[a]]\n[a]", 2, 2, "list of tables"),
        Refusal("[a.b]\n[a]\nb.c = 1", 3, 1, "elsewhere"), Refusal("[a]\nb.c = 1\n[a.b]", 3, 4, "defined twice"),
        Refusal("a = {b = 1, b.c = 2}", 1, 13, "has a value"), Refusal("a = ", 1, 5, "a value"),
        Refusal("a 1", 1, 3, "'='"),
        Refusal("a = 1 b = 2", 1, 7, "end of the line"), Refusal("a = 01", 1, 5, "no number"),
        Refusal("a = 1__0", 1, 5, "no number"),
        Refusal("a = 1.", 1, 5, "no number"), Refusal("a = .5", 1, 5, "no value"),
        Refusal("a = 0xG", 1, 5, "no number"),
        Refusal("a = 2026-02-29", 1, 5, "date"), Refusal("a = 25:00:00", 1, 5, "time"),
        Refusal("a = 10:30", 1, 5, "time"),
        Refusal("a = yes", 1, 5, "in quotes"), Refusal("a = \"b", 1, 5, "do not close"),
        Refusal("a = '''b''", 1, 5, "do not close"),
        Refusal(#"a = "\x41""#, 1, 6, "escape does not exist"), Refusal(#"a = "\ud800""#, 1, 6, "no character"),
        Refusal("a = [1 2]", 1, 8, "',' or ']'"), Refusal("a = {b = 1,}", 1, 12, "a key"),
        Refusal("a = {\nb = 1}", 1, 6, "a key"),
        Refusal("a = 1\rb = 2", 1, 6, "carriage return"), Refusal("a = \"\u{7f}\"", 1, 6, "U+007F"),
        Refusal("a = \"\u{0}\"", 1, 6, "NUL"), Refusal("a = '''x''''''", 1, 9, "more than two"),
    ])
    func refused(_ refusal: Refusal) { refusal.check(TOMLText.read) }

    @Test(.timeLimit(.minutes(1)))
    func workIsBoundedNestingLongHeadersManyTables() throws {
        let path = Array(repeating: "a", count: 100_000).joined(separator: ".")
        for text in [
            "a = " + String(repeating: "[", count: 100_000), "a = " + String(repeating: "{a = ", count: 100_000),
            path + " = 1", "[\(path)]",
            "a = 0x" + String(repeating: "f", count: 100_000), String(repeating: "[", count: 100_000),
        ] {
            #expect(throws: NotationError.self, "\(text.prefix(40))") { try TOMLText.read(Array(text.utf8)) }
        }
        let tables = String(repeating: "[[a]]\nb.c = 1\n", count: 50_000)
        guard case .object(let root) = try TOMLText.read(Array(tables.utf8)), case .array(let elements)? = root["a"]
        else {
            throw CancellationError()
        }
        #expect(elements.count == 50_000)
    }
}
