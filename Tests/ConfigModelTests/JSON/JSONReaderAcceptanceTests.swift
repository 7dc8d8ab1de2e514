import ConfigModel
import Testing

@Suite struct JSONReaderAcceptanceTests {
    @Test(arguments: [
        "0", "-0", "1", "-1", "10", "0.0", "-0.0", "1.0", "123.456789", "1e5", "1E5", "1e+5", "1e-5", "0e0", "0E-00",
        "1.5e300",
        "18446744073709551617", "1e400", "-1e-400", "0.30000000000000004",
        "100000000000000000000000000000000000000000000",
    ])
    func keepsTheTextOfANumber(literal: String) throws {
        #expect(try JSONValue(parsing: literal) == .number(JSONNumber(literal: literal)))
        #expect(try JSONValue(parsing: "[\(literal)]").description == "[\(literal)]")
    }

    @Test(arguments: [
        (#""""#, ""), (#""a""#, "a"), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t"),
        (#""\u0041\u00e9\u00E9""#, "Aéé"),
        (#""\u0000""#, "\u{0}"), (#""\ud83d\ude00""#, "😀"), (#""\uD83D\uDE00x""#, "😀x"),
        (#""\uDBFF\uDFFF""#, "\u{10ffff}"),
        (#""\ud7ff\ue000\uffff""#, "\u{d7ff}\u{e000}\u{ffff}"), ("\"\u{7f}\u{80}\u{2028}😀\"", "\u{7f}\u{80}\u{2028}😀"),
        (#""exactly 8""#, "exactly 8"),
        (
            #""a string that is much longer than sixteen bytes\n""#,
            "a string that is much longer than sixteen bytes\n"
        ),
    ])
    func unescapesStrings(text: String, expected: String) throws {
        guard case .string(let string) = try JSONValue(parsing: text) else {
            Issue.record("not a string")
            return
        }
        #expect(Array(string.utf8) == Array(expected.utf8))
    }

    @Test(arguments: [
        "null", "true", "false", "[]", "{}", "[[]]", " \t\r\n[ \t\r\n] \t\r\n", "[1,2]", "[ 1 , 2 ]", #"{"a":1}"#,
        #"{ "a" : 1 , "b" : [ ] }"#, #"{"":0}"#, #"{"a":{"a":{"a":null}}}"#, "\"\u{feff}\"", "[null,true,false]",
    ])
    func reads(text: String) throws {
        let value = try JSONValue(parsing: text)
        #expect(try JSONValue(parsing: value.canonicalBytes) == value)
    }

    @Test(arguments: 0...40)
    func findsTheEndOfAStringAtEveryAlignment(length: Int) throws {
        let text = String(repeating: "x", count: length)
        for ending in ["", "é", "\\n", "\\u0041"] {
            let value = try JSONValue(parsing: "  [\"\(text)\(ending)\",\"\(text)\"]")
            let unescaped = ["\\n": "\n", "\\u0041": "A"][ending] ?? ending
            #expect(value == .array([.string(text + unescaped), .string(text)]))
        }
    }

    @Test func readsAsDeepAsAllowed() throws {
        let limits = JSONLimits(maximumDepth: 64)
        let deepest = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
        #expect(try JSONValue(parsing: deepest, limits: limits).isWithin(depth: 64))
        #expect(throws: JSONError.self) { try JSONValue(parsing: "[\(deepest)]", limits: limits) }
    }

    @Test func neverReadsDeeperThanTheCeiling() {
        #expect(JSONLimits(maximumDepth: .max).maximumDepth == JSONLimits.depthCeiling)
        let deep = String(repeating: "[", count: 100_000)
        #expect(throws: JSONError.self) { try JSONValue(parsing: deep, limits: JSONLimits(maximumDepth: .max)) }
    }

    @Test func takesInputOfExactlyTheLimit() throws {
        #expect(try JSONValue(parsing: "[1]", limits: JSONLimits(maximumBytes: 3)) == .array([.number(JSONNumber(1))]))
        #expect(throws: JSONError.self) { try JSONValue(parsing: "[1]", limits: JSONLimits(maximumBytes: 2)) }
    }

    @Test func keepsKeysApartThatOnlyLookAlike() throws {
        let value = try Sample.object("{\"\u{e9}\":1,\"e\u{301}\":2}")
        #expect(value.count == 2)
        #expect(value["\u{e9}"] == .number(JSONNumber(1)))
        #expect(value["e\u{301}"] == .number(JSONNumber(2)))
        #expect(value.keys.map { Array($0.utf8) } == [Array("e\u{301}".utf8), Array("\u{e9}".utf8)])
        #expect(JSONValue.string("\u{e9}") != JSONValue.string("e\u{301}"))
        #expect(Set([JSONValue.string("\u{e9}"), JSONValue.string("e\u{301}")]).count == 2)
    }
}
