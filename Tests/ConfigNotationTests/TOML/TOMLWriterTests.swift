import ConfigModel
import ConfigNotation
import Testing

/// What is written is read back the same, or is refused with its place.
@Suite struct TOMLWriterTests {
    @Test(arguments: [
        Reading("", says: "{}"),
        Reading(
            "debug = false\nhosts = [\"a\", \"b\"]\n\n[db]\nport = 5432\n\n[db.pool]\nsize = 1.50\n",
            says: #"{"db":{"pool":{"size":1.50},"port":5432},"debug":false,"hosts":["a","b"]}"#),
        Reading(
            "[[users]]\nname = \"x\"\n\n[users.limits]\nrate = 1e3\n\n[[users]]\n",
            says: #"{"users":[{"limits":{"rate":1e3},"name":"x"},{}]}"#),
        Reading("[a.b]\n\n[c.d]\ne = []\n", says: #"{"a":{"b":{}},"c":{"d":{"e":[]}}}"#),
        Reading("mixed = [1, {a = 1, b = {}}, [\"x\"]]\n", says: #"{"mixed":[1,{"a":1,"b":{}},["x"]]}"#),
        Reading(
            "\"\" = \"\"\n\"a b\" = \"\\\"\\\\\\n\\t\\r\\u0000\\u001b\\u007fé😀\"\n",
            says: "{\"\":\"\",\"a b\":\"\\\"\\\\\\n\\t\\r\\u0000\\u001b\u{7f}é😀\"}"),
    ])
    func ownValuesStandAboveHeadersAndWhatIsInsideOfArraysStandsInline(_ reading: Reading) throws {
        #expect(try TOMLText.write(try object(reading.json)) == reading.text)
        #expect(try TOMLText.read(Array(reading.text.utf8)).description == reading.json)
    }

    @Test(arguments: [
        (#"{"a":{"b":null}}"#, "/a/b"), (#"{"a":[1,null]}"#, "/a/1"),
        (#"{"a":[{"b":1},{"c":[{"d":null}]}]}"#, "/a/1/c/0/d"),
        (#"{"n":18446744073709551617}"#, "/n"), (#"{"n":1e400}"#, "/n"), (#"{"x~/y":null}"#, "/x~0~1y"),
    ])
    func whatTOMLCannotSayIsRefusedWithItsPlace(json: String, pointer: String) throws {
        let object = try object(json)
        let error = #expect(throws: UnwritableValue.self) { try TOMLText.write(object) }
        #expect(error?.pointer.description == pointer)
    }

    @Test(arguments: 1...40 as ClosedRange<UInt64>)
    func everythingIsReadBackAsItWasOrRefusedTheArgumentIsTheSeed(seed: UInt64) throws {
        var random = RandomValue(seed: seed)
        for _ in 0..<50 {
            guard case .object(let object) = random.value() else { continue }
            guard let text = try? TOMLText.write(object) else { continue }
            #expect(try TOMLText.read(Array(text.utf8)) == .object(object), "\(text)")
        }
    }

    private func object(_ json: String) throws -> JSONObject { try JSONValue(parsing: json).members }
}
