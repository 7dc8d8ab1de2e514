import ConfigModel
import ConfigNotation
import Testing

/// What scalars mean: YAML 1.2's core schema, and never another value than the one that was written.
@Suite struct YAMLScalarTests {
    @Test(arguments: [
        "no", "NO", "No", "yes", "Yes", "y", "n", "on", "off", "ON", "8022:22", "10:30", "52:54:00:12:34:56",
        "190:20:30.15",
        "01238", "0123456789", "08", "007", "00012345", "-01", "+007", "01.5", "00", "2026-01-05",
        "2026-01-05T02:00:00Z",
        "0b1010", "-0x1F", "0X1F", "1_000.5", "1_", "_1", "1__0", "0o8", "0xG", "1e", "1e+", ".", "+", "..5",
        "1.2.3",
        "nULL", "tRUE", "inf", "nan", "=",
    ])
    func textThatOlderYAMLTookForBooleansTimesOrOctalNumbersIsText(text: String) throws {
        #expect(try YAMLText.read(Array("[\(text)]".utf8)) == .array([.string(text)]))
    }

    @Test(arguments: [
        Reading("0", says: "0"), Reading("-0", says: "-0"), Reading("12", says: "12"), Reading("+12", says: "12"),
        Reading("18446744073709551617", says: "18446744073709551617"), Reading("1_000_000", says: "1000000"),
        Reading("-1_0", says: "-10"), Reading("0x1F", says: "31"), Reading("0xFF_FF", says: "65535"),
        Reading("0x1ffffffffffffffff", says: "36893488147419103231"), Reading("0o17", says: "15"),
        Reading("0o2000000000000000000000000", says: "9444732965739290427392"), Reading("0x000", says: "0"),
        Reading("1.0", says: "1.0"), Reading("1.10", says: "1.10"), Reading("0.1", says: "0.1"),
        Reading("3.14159265358979323846", says: "3.14159265358979323846"), Reading("1e3", says: "1e3"),
        Reading("-2.50e3", says: "-2.50e3"), Reading("5e-324", says: "5e-324"), Reading("1E400", says: "1E400"),
        Reading(".5", says: "0.5"), Reading("-.5", says: "-0.5"), Reading("+.5e1", says: "0.5e1"),
        Reading("1.", says: "1.0"), Reading("1.e2", says: "1.0e2"),
    ])
    func numbersKeepTheirValueAtAnySizeAndTheirTextWhereJSONHasIt(_ reading: Reading) throws {
        #expect(try YAMLText.read(Array(reading.text.utf8)).description == reading.json)
    }

    @Test(arguments: [
        Reading("[~, null, Null, NULL, ]", says: "[null,null,null,null]"), Reading("a:", says: #"{"a":null}"#),
        Reading("[true, True, TRUE, false, False, FALSE]", says: "[true,true,true,false,false,false]"),
        Reading(#"["true", 'null', "1", '~', "<<"]"#, says: #"["true","null","1","~","<<"]"#),
    ])
    func nullAndBooleansAreWhatYAML1_2Says(_ reading: Reading) throws {
        #expect(try YAMLText.read(Array(reading.text.utf8)).description == reading.json)
    }

    @Test(arguments: [
        Reading("!!str 12", says: #""12""#), Reading("! 12", says: #""12""#), Reading("!!int \"3\"", says: "3"),
        Reading("!!int 0x10", says: "16"), Reading("!!float 1e3", says: "1e3"), Reading("!!float 3", says: "3"),
        Reading("!!bool \"true\"", says: "true"), Reading("!!null ''", says: "null"),
        Reading("!!str", says: #""""#),
        Reading("!!seq [1]", says: "[1]"), Reading("!!map {a: 1}", says: #"{"a":1}"#),
        Reading("!<tag:yaml.org,2002:str> 1", says: #""1""#),
        Reading("%TAG !y! tag:yaml.org,2002:\n---\n!y!str 1", says: #""1""#),
    ])
    func theTagsOfTheCoreSchemaCount(_ reading: Reading) throws {
        #expect(try YAMLText.read(Array(reading.text.utf8)).description == reading.json)
    }

    @Test(arguments: [
        Refusal("name: x\npassword: !secret db", 2, 11, "!secret"),
        Refusal("key: !vault |\n  $ANSIBLE_VAULT", 1, 6, "!vault"),
        Refusal("f: !!python/name:os.system ''", 1, 4, "!!python/name:os.system"),
        Refusal("l: [1, !mine 2]", 1, 8, "!mine"), Refusal("a: !!binary aGk=", 1, 4, "!!binary"),
        Refusal("a: !!set {a}", 1, 4, "!!set"), Refusal("a: !e!x 1", 1, 4, "!e!"),
        Refusal("a: !!int x", 1, 10, "!!int"), Refusal("a: !!int 010", 1, 10, "!!int"),
        Refusal("a: !!bool no", 1, 11, "!!bool"), Refusal("a: !!seq x", 1, 10, "!!seq"),
        Refusal("a: !!str [x]", 1, 10, "!!str"),
        Refusal("a: 1\nb: .inf", 2, 4, ".inf"), Refusal("[.nan]", 1, 2, ".nan"), Refusal("- -.INF", 1, 3, "-.INF"),
        Refusal("0x" + String(repeating: "f", count: 5_000), 1, 1, "0xffff"),
    ])
    func whatJSONCannotSayIsRefusedByName(_ refusal: Refusal) { refusal.check(YAMLText.read) }
}
