import ConfigModel
import TestSupport
import Testing

@testable import ConfigWatcher

@Suite("Placeholders in a document's strings")
struct PlaceholderTests {
    private static let environment = [
        "SET": "value", "EMPTY": "", "HOST": "db.example", "PORT": "5432", "HALF": "1.5", "YES": "true", "WORD": "yes",
        "QUOTE": "\", \"admin\": true, \"x\": \"", "NESTED": "${SET}", "BIG": "18446744073709551617", "SPACE": " 1",
        "A_1": "letters",
    ]

    /// A string of a document, and what becomes of it: JSON, or what the rejection says.
    struct Row: Sendable, CustomTestStringConvertible {
        let text: String
        var json: String?
        var fault: String?

        var testDescription: String { text }

        static func becomes(_ text: String, _ json: String) -> Row { Row(text: text, json: json) }
        static func fails(_ text: String, _ fault: String) -> Row { Row(text: text, fault: fault) }
    }

    private static let rows: [Row] = [
        .becomes("plain", #""plain""#),
        .becomes("${SET}", #""value""#),
        .becomes("a ${SET} b ${HOST}:${PORT}", #""a value b db.example:5432""#),
        .becomes("${A_1}", #""letters""#),
        .becomes("${EMPTY}", #""""#),
        .becomes("${EMPTY:-other}", #""other""#),
        .becomes("${EMPTY-other}", #""""#),
        .becomes("${UNSET:-other}", #""other""#),
        .becomes("${UNSET-other}", #""other""#),
        .becomes("${UNSET:-}", #""""#),
        .becomes("${SET:-other}", #""value""#),
        .becomes(#"${UNSET:-a\}b\\c\d}"#, #""a}b\\c\\d""#),
        .becomes("${UNSET:-${SET}}", #""${SET}""#),
        .becomes("${UNSET:-a:-b-c}", #""a:-b-c""#),
        .becomes("$${SET}", #""${SET}""#),
        .becomes("$$${SET}", #""$${SET}""#),
        .becomes("$SET $ $1 100$", #""$SET $ $1 100$""#),
        .becomes("${NESTED}", #""${SET}""#),
        .becomes("${QUOTE}", #""\", \"admin\": true, \"x\": \"""#),
        .becomes("${PORT}", #""5432""#),
        .becomes("${int:PORT}", "5432"),
        .becomes("${int:BIG}", "18446744073709551617"),
        .becomes("${int:UNSET:-7}", "7"),
        .becomes("${number:HALF}", "1.5"),
        .becomes("${bool:YES}", "true"),
        .fails("${int:HALF}", "/a: HALF is not an integer."),
        .fails("${int:SPACE}", "/a: SPACE is not an integer."),
        .fails("${number:WORD}", "/a: WORD is not a number."),
        .fails("${bool:WORD}", "/a: WORD is not true or false."),
        .fails("port ${int:PORT}", "/a: a placeholder with a type has to be alone in its string."),
        .fails("${UNSET}", "Not set in the environment: UNSET (at /a); set them, or write ${NAME:-default}."),
        .fails("${UNSET} ${OTHER}", "UNSET (at /a), OTHER (at /a)"),
        .fails("${", "/a: a placeholder does not end with '}'; write $${ for a literal ${."),
        .fails("${SET", "does not end with '}'"),
        .fails("${UNSET:-a", "does not end with '}'"),
        .fails("${}", "no name of a variable"),
        .fails("${1A}", "no name of a variable"),
        .fails("${SET+x}", "'}', ':-' or '-' has to follow"),
        .fails("${date:SET}", "another type than int, number or bool"),
        .fails("${\(String(repeating: "A", count: 129))}", "longer than 128 characters"),
    ]

    private func expand(_ json: String, _ policy: Placeholders = .all) throws -> String? {
        guard case .object(let object) = try JSONValue(parsing: Array(json.utf8)) else { return nil }
        let expanded = try PlaceholderExpansion.expanded(object, policy) { Self.environment[$0] }
        return (expanded ?? object).map { "\($0.key)=\($0.value)" }.joined(separator: ",")
    }

    @Test(arguments: rows)
    func eachBecomesAStringOrItsTypeOrRejectsTheDocument(row: Row) throws {
        let document = "{\"a\":\(JSONValue.string(row.text))}"
        if let json = row.json {
            let expanded = try expand(document)
            #expect(expanded == "a=\(json)")
        } else if let fault = row.fault {
            let error = try #require(throws: InvalidContent.self) { _ = try expand(document) }
            #expect(error.description.contains(fault), "\(error)")
            for value in Self.environment.values where value.utf8.count > 4 {
                #expect(!error.description.contains(value), "no value is said")
            }
        }
    }

    @Test func keysAreNeverReplacedStringsInsideOfArraysAndObjectsAre() throws {
        let expanded = try expand(#"{"${SET}":[{"x":"${SET}"},1,null,"${int:PORT}"]}"#)
        #expect(expanded == #"${SET}=[{"x":"value"},1,null,5432]"#)
    }

    @Test func everythingThatIsWrongIsSaidAtOnceWithPointers() throws {
        let error = try #require(throws: InvalidContent.self) {
            _ = try expand(#"{"a/b":["${X}","${Y}"],"c":"${","d":"${X}"}"#)
        }
        #expect(error.description.contains("/c: ") && error.description.contains("X (at /a~1b/0), Y (at /a~1b/1)"))
    }

    @Test func ofManyNamesThatAreNotSetTwentyAreNamed() throws {
        let names = (1...1_000).map { "\"${MISSING_\($0)}\"" }
        let error = try #require(throws: InvalidContent.self) {
            _ = try expand("{\"a\":[\(names.joined(separator: ","))]}")
        }
        #expect(error.description.contains("MISSING_20 (at /a/19) and 980 more; set them"))
    }

    @Test func withAListOnlyWhatIsListedIsReplacedAndTheRestRejectsTheDocument() throws {
        let allowed = try expand(#"{"a":"${HOST}"}"#, .allowing(["HOST"]))
        #expect(allowed == #"a="db.example""#)
        let error = try #require(throws: InvalidContent.self) {
            _ = try expand(#"{"a":"${SET:-x}"}"#, .allowing(["HOST"]))
        }
        #expect(error.description.contains("/a: SET is not among the placeholders"))
        let untouched = try expand(#"{"a":"${HOST} ${"}"#, .none)
        #expect(untouched == #"a="${HOST} ${""#)
    }

    @Test func whatIsInsertedHasALimit() throws {
        let huge = String(repeating: "x", count: 1 << 20)
        let elements = Array(repeating: JSONValue.string("${HUGE}"), count: 9)
        var object = JSONObject()
        object["a"] = .array(elements)
        let error = try #require(throws: InvalidContent.self) {
            _ = try PlaceholderExpansion.expanded(object, .all) { _ in huge }
        }
        #expect(error.description.contains("more than 8 MiB"))
    }
}
