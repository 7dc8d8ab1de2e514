import ConfigModel
import ConfigNotation
import Testing

/// What is written means the same to every reader; what it looks like is part of that.
@Suite struct YAMLWriterTests {
    @Test(arguments: [
        Reading(
            "a: x y\nb:\n  c:\n    - 1\n    - d: 2\n      e: []\n    - - {}\n",
            says: #"{"a":"x y","b":{"c":[1,{"d":2,"e":[]},[{}]]}}"#),
        Reading("{}\n", says: "{}"),
        Reading("- null\n- true\n- \"true\"\n- \"\"\n", says: #"[null,true,"true",""]"#),
        Reading(
            "- \"no\"\n- \"On\"\n- \"y\"\n- \"~\"\n- \"22:22\"\n- \"0o17\"\n- \"1e3\"\n- \"2026-01-05\"\n",
            says: #"["no","On","y","~","22:22","0o17","1e3","2026-01-05"]"#),
        Reading(
            "- http://a:80/b\n- \"a: b\"\n- \"a #b\"\n- \"a:\"\n- \"<<\"\n- \"=\"\n",
            says: #"["http://a:80/b","a: b","a #b","a:","<<","="]"#),
        Reading(
            "a: |\n  x\n   y\nb: |-\n  x\n\n  y\nc: |+\n  x\n\nd: \"\\nx\"\ne: \"x \\ny\"\n",
            says: #"{"a":"x\n y\n","b":"x\n\ny","c":"x\n\n","d":"\nx","e":"x \ny"}"#),
        Reading(
            "- \"é\"\n- \"\\u2028\\u0085\\ufeff\\u0000\\U000e0067😀\\r\"\n",
            says: "[\"é\",\"\u{2028}\u{85}\u{feff}\\u0000\u{e0067}😀\\r\"]"),
        // Without the tag YAML 1.1 reads text, because there is no sign or no point.
        Reading(
            "- 1.5e+3\n- !!float 1e3\n- !!float 1.5e3\n- 18446744073709551617\n- -0\n",
            says: "[1.5e+3,1e3,1.5e3,18446744073709551617,-0]"),
    ])
    func plainWhereNothingElseCanBeMeantLinesWhereThereAreSomeQuotesOtherwise(_ reading: Reading) throws {
        #expect(YAMLText.write(try JSONValue(parsing: reading.json)) == reading.text)
        #expect(try YAMLText.read(Array(reading.text.utf8)).description == reading.json)
    }

    @Test func aKeyThatIsTooLongForOtherReadersIsMarkedAsAKey() throws {
        let value = try JSONValue(parsing: "{\"\(String(repeating: "k", count: 1_100))\":{\"a\":1}}")
        let text = YAMLText.write(value)
        #expect(text.hasPrefix("? kkk") && text.contains("\n:\n  a: 1\n"))
        #expect(try YAMLText.read(Array(text.utf8)) == value)
    }

    @Test(arguments: 1...40 as ClosedRange<UInt64>)
    func everythingIsReadBackAsItWasAndJSONIsYAMLTheArgumentIsTheSeed(seed: UInt64) throws {
        var random = RandomValue(seed: seed)
        for _ in 0..<50 {
            let value = random.value()
            #expect(try YAMLText.read(Array(YAMLText.write(value).utf8)) == value, "\(value)")
            #expect(try YAMLText.read(value.canonicalBytes) == value, "\(value)")
        }
    }
}
