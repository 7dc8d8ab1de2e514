import ConfigModel
import ConfigNotation
import Testing

/// What a service reads is the document, in the notation that it understands.
@Suite struct FileNotationTests {
    @Test(arguments: [
        ("json", #"{"a":{"b":"x"}}"#), ("yaml", "a:\n  b: x\n"), ("toml", "[a]\nb = \"x\"\n"), ("env", "A_B='x'\n"),
        ("properties", "a.b=x\n"),
    ])
    func everyNotationHasItsName(name: String, text: String) throws {
        let notation = try #require(FileNotation(named: name))
        let object = try JSONValue(parsing: #"{"a":{"b":"x"}}"#).members
        #expect(String(decoding: try notation.bytes(of: object), as: UTF8.self) == text)
    }

    @Test func anUnknownNameIsNone() {
        #expect(FileNotation.names.allSatisfy { FileNotation(named: $0) != nil })
        #expect(FileNotation(named: "ini") == nil)
    }
}
