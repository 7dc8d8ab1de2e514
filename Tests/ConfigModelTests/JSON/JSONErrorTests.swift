import ConfigModel
import Testing

@Suite struct JSONErrorTests {
    @Test(arguments: [
        ("", 1, 1, ""),
        ("{\"a\":tru}", 1, 6, "/a"),
        ("{\n  \"a\": 1,\n  \"b\": [1, 2, x]\n}", 3, 15, "/b/2"),
        ("{\"é😀\": }", 1, 8, "/é😀"),
        ("[1,]", 1, 4, "/1"),
        ("{\"a\":1,}", 1, 8, ""),
        ("{\"a\":{\"b\":[{\"c\":01}]}}", 1, 17, "/a/b/0/c"),
        ("{\"a/b\":{\"m~n\":nul}}", 1, 15, "/a~1b/m~0n"),
        ("{\"a\":1}\n\n x", 3, 2, ""),
        ("[\"ok\",\"a\u{1}\"]", 1, 9, "/1"),
        ("[[],{},[0,\"\\x\"]]", 1, 12, "/2/1"),
        ("{\"a\":\"}]\\\"\",\"b\":?}", 1, 17, "/b"),
        ("{\"a\"", 1, 5, "/a"),
        ("[1 2]", 1, 4, "/0"),
    ])
    func tellsLineColumnAndPointer(text: String, line: Int, column: Int, pointer: String) throws {
        let error = try #require(throws: JSONError.self) { try JSONValue(parsing: text) }
        #expect([error.line, error.column] == [line, column])
        #expect(error.pointer == pointer)
        #expect(error.description.contains("ine \(line), column \(column)"))
    }

    @Test(arguments: [
        ("{\"a\":1,\"a\":2}", 8, "/a"), ("{\"b\":0,\"a\":1,\"b\":2}", 14, "/b"),
        ("{\"z\":{\"b\":{\"b\":1},\"a\":1,\"\\u0062\":[]},\"y\":0}", 25, "/z/b"),
        ("[0,{\"k~\":1,\"a\":\"k~\",\"k~\":3}]", 21, "/1/k~0"),
    ])
    func pointsAtTheSecondOfTwoEqualKeys(text: String, column: Int, pointer: String) throws {
        let error = try #require(throws: JSONError.self) { try JSONValue(parsing: text) }
        guard case .duplicateKey = error.reason else {
            Issue.record("\(error)")
            return
        }
        #expect(error.column == column)
        #expect(error.pointer == pointer)
    }

    @Test func saysWhatToDo() throws {
        let comma = try #require(throws: JSONError.self) { try JSONValue(parsing: "{\"a\": [1,]}") }
        #expect(
            comma.description == "Line 1, column 10 (at /a/1): expected another element: remove the comma before ']'.")
        let mark = try #require(throws: JSONError.self) { try JSONValue(parsing: "\u{feff}{}") }
        #expect(mark.description.contains("byte order mark"))
    }

    @Test func findsTheInvalidByte() throws {
        let error = try #require(throws: JSONError.self) {
            try JSONValue(parsing: Array("[\"é".utf8) + [0xc3, 0x28] + Array("\"]".utf8))
        }
        #expect(error.reason == .invalidUTF8)
        #expect(error.offset == 4)
    }
}
