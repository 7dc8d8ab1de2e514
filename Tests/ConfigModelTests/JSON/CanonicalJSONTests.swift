import ConfigModel
import Testing

@Suite struct CanonicalJSONTests {
    @Test(arguments: [
        (#" { "b" : 1 , "a" : [ true , null ] } "#, #"{"a":[true,null],"b":1}"#),
        (#"{"\u0062":1.0,"\u0061":1e2}"#, #"{"a":1e2,"b":1.0}"#),
        (#""\/\u002f""#, #""//""#),
        (#""\u0022\u005c\u0008\u000c\u000a\u000d\u0009""#, #""\"\\\b\f\n\r\t""#),
        (#""\u0000\u000B\u001F\u007F""#, "\"\\u0000\\u000b\\u001f\u{7f}\""),
        (#""\u00e9\ud83d\ude00""#, "\"é😀\""),
        (
            "{\"\\u20ac\":1,\"\\r\":2,\"\\ufb33\":3,\"1\":4,\"\\ud83d\\ude00\":5,\"\\u0080\":6,\"\\u00f6\":7}",
            "{\"\\r\":2,\"1\":4,\"\u{80}\":6,\"ö\":7,\"€\":1,\"\u{fb33}\":3,\"😀\":5}"
        ),
        (#"{"ab":1,"a":2,"A":3,"":4}"#, #"{"":4,"A":3,"a":2,"ab":1}"#),
    ])
    func writes(text: String, expected: String) throws {
        #expect(try JSONValue(parsing: text).canonicalBytes == Array(expected.utf8))
    }

    @Test(arguments: [
        ("{}", true), (#"{"a":1,"b":2}"#, true), (#"{"b":1,"a":2}"#, false), ("{} ", false), (" {}", false),
        ("[1, 2]", false),
        (#""\/""#, false), (#""\u0061""#, false), (#""\u001f""#, true), (#""\u001F""#, false), (#""\u000a""#, false),
        (#""\n""#, true), (#""\ud83d\ude00""#, false), ("\"😀\"", true), (#""\u007f""#, false), ("-0.0e+0", true),
        (#""\u0022""#, false),
    ])
    func knowsCanonicalInput(text: String, isCanonical: Bool) throws {
        let reading = try JSONReader.reading(Array(text.utf8))
        #expect(reading.isCanonical == isCanonical)
        #expect((reading.value.canonicalBytes == Array(text.utf8)) == isCanonical)
    }

    @Test func agreesWithTheVectors() throws {
        let vectors = try SchemaFile.vectors("vectors/canonical.json")
        #expect(vectors.count > 20)
        for vector in vectors {
            let name = try vector.string("name")
            let content = try Content(parsing: Array(vector.string("input").utf8))
            #expect(String(decoding: content.bytes, as: UTF8.self) == (try vector.string("canonical")), "\(name)")
            #expect(content.bytes == Array(try vector.string("canonical").utf8), "\(name)")
            #expect(content.hash == (try vector.string("content_hash")), "\(name)")
        }
    }

    @Test func refusesWhatTheVectorsRefuse() throws {
        let vectors = try SchemaFile.vectors("vectors/refused.json")
        #expect(vectors.count > 20)
        for vector in vectors {
            let input = try #require(Base64.decode(try vector.string("input_base64")))
            let name = try vector.string("name")
            #expect(throws: ContentError.self, "\(name)") { try Content(parsing: input) }
        }
    }
}
