import ConfigModel
import TestSupport
import Testing

@Suite struct MergePatchTests {
    /// The table of RFC 7396, appendix A.
    @Test(arguments: [
        (#"{"a":"b"}"#, #"{"a":"c"}"#, #"{"a":"c"}"#), (#"{"a":"b"}"#, #"{"b":"c"}"#, #"{"a":"b","b":"c"}"#),
        (#"{"a":"b"}"#, #"{"a":null}"#, #"{}"#), (#"{"a":"b","b":"c"}"#, #"{"a":null}"#, #"{"b":"c"}"#),
        (#"{"a":["b"]}"#, #"{"a":"c"}"#, #"{"a":"c"}"#), (#"{"a":"c"}"#, #"{"a":["b"]}"#, #"{"a":["b"]}"#),
        (#"{"a":{"b":"c"}}"#, #"{"a":{"b":"d","c":null}}"#, #"{"a":{"b":"d"}}"#),
        (#"{"a":[{"b":"c"}]}"#, #"{"a":[1]}"#, #"{"a":[1]}"#), (#"["a","b"]"#, #"["c","d"]"#, #"["c","d"]"#),
        (#"{"a":"b"}"#, #"["c"]"#, #"["c"]"#), (#"{"a":"foo"}"#, "null", "null"),
        (#"{"a":"foo"}"#, #""bar""#, #""bar""#),
        (#"{"e":null}"#, #"{"a":1}"#, #"{"a":1,"e":null}"#), ("[1,2]", #"{"a":"b","c":null}"#, #"{"a":"b"}"#),
        ("{}", #"{"a":{"bb":{"ccc":null}}}"#, #"{"a":{"bb":{}}}"#),
    ])
    func appliesTheTableOfTheStandard(target: String, patch: String, result: String) throws {
        #expect(MergePatch.apply(try Sample.json(patch), to: try Sample.json(target)).description == result)
    }

    @Test func keepsTheTextOfNumbersAndTheBytesOfKeys() throws {
        let target = try Sample.json("{\"a\":1.0,\"\u{e9}\":1}")
        let patch = try Sample.json("{\"b\":1e2,\"e\u{301}\":2}")
        #expect(
            MergePatch.apply(patch, to: target).canonicalBytes
                == Array("{\"a\":1.0,\"b\":1e2,\"e\u{301}\":2,\"\u{e9}\":1}".utf8))
    }

    @Test(arguments: 1...100 as ClosedRange<UInt64>)
    func applyingTwiceIsApplyingOnce(seed: UInt64) {
        var random = RandomJSON(seed: seed)
        let target = random.value()
        let patch = random.value()
        let once = MergePatch.apply(patch, to: target)
        #expect(MergePatch.apply(patch, to: once) == once)
    }
}
