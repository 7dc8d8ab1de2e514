import ConfigModel
import TestSupport
import Testing

@Suite struct ContentTests {
    @Test func isCanonicalHoweverItWasWritten() throws {
        let content = try Content(parsing: Array("{ \"b\": 1.0,\n \"a\": [] }".utf8))
        #expect(content.bytes == Array(#"{"a":[],"b":1.0}"#.utf8))
        #expect(content == (try Content(parsing: content.bytes)))
        #expect(content.hash == SHA256Text.hash(content.bytes))
    }

    @Test func saysTheSameEachTimeItIsAskedForItsObject() throws {
        let content = try Content(parsing: Array(#"{"b":{"c":[1,"x"]},"a":1.0}"#.utf8))
        let copy = content
        let objects = [try content.object, try content.object, try copy.object]
        for object in objects { #expect(object.canonicalBytes == content.bytes) }
    }

    @Test func emptyIsTheEmptyObject() throws {
        #expect(try Content(parsing: Array(" { } ".utf8)) == .empty)
        #expect(Content.empty.hash == "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a")
    }

    @Test(arguments: [
        ("[]", "an array"), ("1", "a number"), ("\"a\"", "a string"), ("null", "null"), ("true", "a boolean"),
    ])
    func isAnObject(text: String, kind: String) throws {
        let error = try #require(throws: ContentError.self) { try Content(parsing: Array(text.utf8)) }
        #expect(error == .notAnObject(found: kind))
        #expect(error.description.contains("must be a JSON object"))
    }

    @Test func isLimitedInCanonicalBytes() throws {
        let limits = ContentLimits(maximumBytes: 20)
        let fitting = #"{"a":"0123456789ab"}"#
        #expect(try Content(parsing: Array(fitting.utf8), limits: limits).bytes.count == 20)
        #expect(
            try Content(parsing: Array("  {  \"a\"  :  \"0123456789a\\u0062\"  }  ".utf8), limits: limits).bytes.count
                == 20)
        let error = try #require(throws: ContentError.self) {
            try Content(parsing: Array(#"{"a":"0123456789abc"}"#.utf8), limits: limits)
        }
        #expect(error == .tooLarge(limit: 20))
        #expect(throws: ContentError.self) {
            try Content(try Sample.object(#"{"a":"0123456789abc"}"#), limits: limits)
        }
    }

    @Test func isLimitedInDepth() throws {
        let deep = String(repeating: #"{"a":"#, count: 64) + "1" + String(repeating: "}", count: 64)
        let content = try Content(parsing: Array(deep.utf8))
        #expect(try content.object.count == 1)
        let error = try #require(throws: ContentError.self) { try Content(parsing: Array("{\"a\":\(deep)}".utf8)) }
        guard case .tooDeep(64, let pointer) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(pointer == String(repeating: "/a", count: 64))
        var deeper = JSONObject()
        deeper["a"] = .object(try content.object)
        #expect(throws: ContentError.tooDeep(limit: 64, pointer: "")) { try Content(deeper, limits: .default) }
    }

    @Test func limitsHaveCeilings() {
        let limits = ContentLimits(maximumBytes: .max, maximumDepth: .max)
        #expect(limits.maximumBytes == 8 << 20)
        #expect(limits.maximumDepth == 64)
    }

    @Test func saysWhereTheJSONIsWrong() throws {
        let error = try #require(throws: ContentError.self) { try Content(parsing: Array("{\n \"a\": [1,]}".utf8)) }
        #expect(error.description.contains("Line 2, column 10 (at /a/1)"))
    }

    @Test(arguments: 1...100 as ClosedRange<UInt64>)
    func givesBackItsObject(seed: UInt64) throws {
        var random = RandomJSON(seed: seed)
        let object = random.object()
        #expect(try Content(object).object == object)
    }
}
