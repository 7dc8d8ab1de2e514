import ConfigModel
import Testing

@Suite struct JSONPointerTests {
    @Test(
        arguments: [
            ("", []), ("/", [""]), ("/foo", ["foo"]), ("/foo/0", ["foo", "0"]), ("/a~1b", ["a/b"]), ("/m~0n", ["m~n"]),
            ("/~01", ["~1"]),
            ("/ /é/\"", [" ", "é", "\""]), ("//", ["", ""]),
        ] as [(String, [String])])
    func isReadAndWritten(text: String, tokens: [String]) throws {
        #expect(try JSONPointer(parsing: text).tokens == tokens)
        #expect(JSONPointer(tokens: tokens).description == text)
    }

    @Test(arguments: ["foo", " /a", "/~", "/~2", "/a~", "#/a", "0"])
    func refusesOtherTexts(text: String) {
        #expect(throws: InvalidJSONPointer.self) { try JSONPointer(parsing: text) }
    }
}
