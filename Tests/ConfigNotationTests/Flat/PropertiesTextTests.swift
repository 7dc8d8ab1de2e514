import ConfigModel
import ConfigNotation
import Testing

/// The text that `java.util.Properties` reads the same values from.
@Suite struct PropertiesTextTests {
    @Test(arguments: [
        (#"{"db":{"host":"db-1","port":5432},"debug":true}"#, "db.host=db-1\ndb.port=5432\ndebug=true\n"),
        (#"{"a b:c=d#e!f":"x"}"#, "a\\ b\\:c\\=d\\#e\\!f=x\n"),
        (#"{"a":" x y ","b":"C:\\x\ty\nz\r\f"}"#, "a=\\ x y \nb=C\\:\\\\x\\ty\\nz\\r\\f\n"),
        (#"{"é":"ü😀\u0000"}"#, "\\u00E9=\\u00FC\\uD83D\\uDE00\\u0000\n"),
        (#"{"hosts":["a","b"]}"#, "hosts=a,b\n"), (#"{"":"x"}"#, "=x\n"), ("{}", ""),
    ])
    func namesAreJoinedWithPointsAndEscapesAreThoseOfJava(json: String, text: String) throws {
        #expect(try PropertiesText.write(try JSONValue(parsing: json).members) == text)
    }

    @Test(arguments: [
        (#"{"a":{"b":1},"a.b":2}"#, "/a.b"), (#"{"a":null}"#, "/a"), (#"{"a":[[]]}"#, "/a/0"),
        (#"{"a":["x,y",1]}"#, "/a"),
    ])
    func namesThatMeetAndWhatIsNoTextAreRefusedWithTheirPlace(json: String, pointer: String) throws {
        let object = try JSONValue(parsing: json).members
        let error = #expect(throws: UnwritableValue.self) { try PropertiesText.write(object) }
        #expect(error?.pointer.description == pointer)
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func everyTextIsASCIIWithALineForEachValueTheArgumentIsTheSeed(seed: UInt64) throws {
        var random = RandomValue(seed: seed)
        for _ in 0..<50 {
            guard case .object(let object) = random.value(), let text = try? PropertiesText.write(object) else {
                continue
            }
            #expect(text.utf8.allSatisfy { (0x20...0x7e).contains($0) || $0 == 0x0a })
            let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            #expect(lines.dropLast().allSatisfy { $0.contains(UInt8(ascii: "=")) }, "\(text)")
        }
    }
}
