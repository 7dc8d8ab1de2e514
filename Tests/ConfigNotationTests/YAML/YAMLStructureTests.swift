import ConfigModel
import ConfigNotation
import Testing

/// How documents are put together: indentation, brackets, text on several lines, anchors and merge keys.
@Suite struct YAMLStructureTests {
    @Test(arguments: [
        Reading("a: 1\nb:\n  c: [x, y]\n  d: {e: f}\n", says: #"{"a":1,"b":{"c":["x","y"],"d":{"e":"f"}}}"#),
        Reading("a:\n- 1\n- - 2\n  - 3\n-\n  b: 4\n  c: 5\n", says: #"{"a":[1,[2,3],{"b":4,"c":5}]}"#),
        Reading("- a: 1\n  b: 2\n- ? c\n  : d\n", says: #"[{"a":1,"b":2},{"c":"d"}]"#),
        Reading("--- # comment\na: 1 # comment\n# comment\n...\n", says: #"{"a":1}"#),
        Reading("a: {\n  \"b\":1,\n  'c' : [ ],\n}\n", says: #"{"a":{"b":1,"c":[]}}"#),
        Reading("a: [\n  1,\n]\nb: 2", says: #"{"a":[1],"b":2}"#),
        Reading("{a, b: }", says: #"{"a":null,"b":null}"#),
        Reading("[a: 1, ? b : 2, \"c\":3]", says: #"[{"a":1},{"b":2},{"c":3}]"#),
        Reading("1: a\ntrue: b\nno: c\n'': d\n0x10: e", says: #"{"":"d","0x10":"e","1":"a","no":"c","true":"b"}"#),
        Reading(
            "a: http://b:80/#c\nd: -x\ne: ?y",
            says: #"{"a":"http://b:80/#c","d":"-x","e":"?y"}"#),
        Reading("\u{e9}: 1\ne\u{301}: 2", says: "{\"e\u{301}\":2,\"\u{e9}\":1}"),
        Reading(#"{"a":{"b":[1,2.50,null,true,"\ud83d\ude00\/"]}}"#, says: #"{"a":{"b":[1,2.50,null,true,"😀/"]}}"#),
    ])
    func collectionsByIndentationAndInBrackets(_ reading: Reading) throws {
        #expect(try YAMLText.read(Array(reading.text.utf8)).description == reading.json)
    }

    @Test(arguments: [
        Reading("a: |\n  x\n   y\n\n  z\n", says: #"{"a":"x\n y\n\nz\n"}"#),
        Reading("a: |-\n  x\n\n", says: #"{"a":"x"}"#), Reading("a: |+\n  x\n\n", says: #"{"a":"x\n\n"}"#),
        Reading("a: >\n  x\n  y\n\n  z\n   w\n  v\n", says: #"{"a":"x y\nz\n w\nv\n"}"#),
        Reading("a: |2\n    x\n", says: #"{"a":"  x\n"}"#), Reading("- |1-\n  x", says: #"[" x"]"#),
        Reading("a: x\n  y\n\n  z", says: #"{"a":"x y\nz"}"#),
        Reading("a: 'x\n\n  y''z'", says: #"{"a":"x\ny'z"}"#),
        Reading(
            "a: \"x \\\n  y\\n \\x41\\u00e9\\U0001f600\\0\\e\\_\"",
            says: "{\"a\":\"x y\\n Aé😀\\u0000\\u001b\u{a0}\"}"),
        Reading("a: \"x  \n   y\"\r\nb: |\r\n  1\r\n  2\r\n", says: #"{"a":"x y","b":"1\n2\n"}"#),
        // As the specification says and other readers do; yaml-test-suite wants a line end here.
        Reading("a: |\n  x", says: #"{"a":"x"}"#),
    ])
    func textOnSeveralLines(_ reading: Reading) throws {
        #expect(try YAMLText.read(Array(reading.text.utf8)).description == reading.json)
    }

    @Test(arguments: ["\u{85}", "\u{2028}", "\u{2029}", "\u{feff}", "\u{b7}", "\u{e0067}"])
    func charactersThatOnlySomeReadersTakeForLineEndsAreKept(character: String) throws {
        let text = "x\(character)y"
        #expect(try YAMLText.read(Array("[\(text), \"\(text)\"]".utf8)) == .array([.string(text), .string(text)]))
    }

    @Test func aByteOrderMarkAtTheStartIsSkippedElsewhereItIsKept() throws {
        #expect(try YAMLText.read([0xef, 0xbb, 0xbf] + Array("a: 1\n".utf8)).description == #"{"a":1}"#)
        #expect(try YAMLText.read(Array("a: \u{feff}1".utf8)).description == "{\"a\":\"\u{feff}1\"}")
    }

    @Test(arguments: [
        Reading("a: &x 0x10\nb: *x\n*x : c", says: #"{"0x10":"c","a":16,"b":16}"#),
        Reading("a: &x '1'\nb: *x", says: #"{"a":"1","b":"1"}"#),
        Reading("a: &x 1\nb: &x 2\nc: *x", says: #"{"a":1,"b":2,"c":2}"#),
        Reading("a: &x\n  &k b: 1\nc: *x\nd: *k", says: #"{"a":{"b":1},"c":{"b":1},"d":"b"}"#),
        Reading("x: &x {a: 1, b: 2}\ny: {<<: *x, b: 3}", says: #"{"x":{"a":1,"b":2},"y":{"a":1,"b":3}}"#),
        Reading("x: &x {a: 1}\ny:\n  a: 2\n  <<: *x", says: #"{"x":{"a":1},"y":{"a":2}}"#),
        Reading("[&x {a: 1}, &y {a: 2, b: 3}, {<<: [*x, *y]}]", says: #"[{"a":1},{"a":2,"b":3},{"a":1,"b":3}]"#),
        Reading("[&x {a: 1}, &y {<<: *x, b: 2}, {<<: *y}]", says: #"[{"a":1},{"a":1,"b":2},{"a":1,"b":2}]"#),
        Reading("{<<: {a: 1}}", says: #"{"a":1}"#), Reading(#"{"<<": 1}"#, says: #"{"<<":1}"#),
        Reading("a: <<", says: #"{"a":"<<"}"#),
    ])
    func anchorsAliasesAndMergeKeys(_ reading: Reading) throws {
        #expect(try YAMLText.read(Array(reading.text.utf8)).description == reading.json)
    }
}
