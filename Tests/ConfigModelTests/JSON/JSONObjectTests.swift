import ConfigModel
import Testing

@Suite struct JSONObjectTests {
    @Test func keepsMembersSortedHoweverTheyCome() throws {
        let object = try JSONObject([("b", .null), ("", .bool(true)), ("a", .bool(false))])
        #expect(object.keys == ["", "a", "b"])
        var other = JSONObject()
        for (key, value) in [("a", JSONValue.bool(false)), ("b", .null), ("", .bool(true))] { other[key] = value }
        #expect(object == other)
        #expect(object.hashValue == other.hashValue)
    }

    @Test func refusesAKeyTwice() {
        #expect(throws: DuplicateKey.self) { try JSONObject([("a", .null), ("b", .null), ("a", .null)]) }
    }

    @Test func replacesAndRemoves() throws {
        var object = try Sample.object(#"{"a":1,"b":2,"c":3}"#)
        object["b"] = .null
        object["c"] = nil
        object["missing"] = nil
        #expect(object.canonicalBytes == Array(#"{"a":1,"b":null}"#.utf8))
        #expect(object["c"] == nil)
        #expect(object.count == 2)
    }

    @Test func findsEveryOfManyKeys() throws {
        var object = JSONObject()
        for number in 0..<1_000 { object["key \(number)"] = .number(JSONNumber(number)) }
        for number in 0..<1_000 { #expect(object["key \(number)"] == .number(JSONNumber(number))) }
        #expect(object["key 1000"] == nil)
    }
}
