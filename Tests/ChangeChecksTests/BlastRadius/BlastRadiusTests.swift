import ChangeChecks
import ConfigModel
import Testing

@Suite struct BlastRadiusTests {
    /// The rules of a change from one document to another, `!` before those that only warn.
    private func rules(from old: String, to new: String) throws -> [String] {
        let old = try JSONValue(parsing: old)
        let new = try JSONValue(parsing: new)
        let report = BlastRadius.report(
            of: new, bytes: new.canonicalBytes.count, after: old, bytes: old.canonicalBytes.count)
        #expect(report.findings.allSatisfy { $0.check == .blastRadius && $0.override == "blast-radius" })
        return report.findings.map { "\($0.rule) \($0.pointer)" } + report.warnings.map { "!\($0.rule) \($0.pointer)" }
    }

    private func object(_ count: Int) -> String {
        JSONValue.array((0..<count).map { JSONValue.number(JSONNumber($0)) }).description
    }

    @Test(arguments: [
        (9, 4, ["removed "]), (9, 5, []), (7, 3, []), (10, 5, []), (10, 4, ["removed "]), (11, 5, ["removed "]),
        (8, 4, []), (8, 3, ["removed "]), (5, 0, ["removed "]), (4, 0, []), (6, 1, ["removed "]),
    ])
    func moreThanHalfAndAtLeastFive(old: Int, kept: Int, expected: [String]) throws {
        let found = try rules(from: #"{"a":\#(object(old)),"b":{}}"#, to: #"{"a":\#(object(kept)),"b":{}}"#)
        // `b` is a leaf too, and so is the array that is left empty.
        let whole = try rules(from: #"{"a":\#(object(old))}"#, to: kept == 0 ? #"{"b":1}"# : #"{"a":\#(object(kept))}"#)
        #expect(whole == expected)
        #expect(found.count <= expected.count)
    }

    @Test func emptyContainersAreLeaves() throws {
        let old = #"{"a":{},"b":[],"c":{},"d":[],"e":{},"f":1}"#
        #expect(try rules(from: old, to: #"{"f":1}"#) == ["removed "])
        #expect(try rules(from: old, to: #"{"a":{"x":1},"b":[1],"c":{"y":2},"d":[2],"e":{"z":3},"f":1}"#) == [])
    }

    @Test(arguments: [
        (#"{"a":1}"#, "{}", ["emptied "]), ("{}", "{}", []), ("{}", #"{"a":1}"#, []),
        (#"{"a":1,"b":2,"c":3,"d":4,"e":5}"#, "{}", ["emptied ", "removed "]),
        (#"{"a":{}}"#, "{}", ["emptied "]),
    ])
    func nothingIsLeft(old: String, new: String, expected: [String]) throws {
        #expect(try rules(from: old, to: new) == expected)
    }

    @Test(arguments: [
        (10_000, 20_000, false), (10_000, 20_001, true), (4_096, 8_192, false), (4_097, 8_195, true),
        (4_090, 8_186, false), (4_090, 8_187, true), (100, 4_196, false), (100, 4_197, true), (2, 4_098, false),
        (10_000, 100, false), (10_000, 19_900, false), (10_000, 20_100, true),
    ])
    func morethanTwiceAndFourKiB(old: Int, new: Int, grown: Bool) throws {
        let content = try JSONValue(parsing: #"{"a":1}"#)
        let report = BlastRadius.report(of: content, bytes: new, after: content, bytes: old)
        #expect(report.findings.map(\.rule) == (grown ? ["grown"] : []))
        #expect(report.warnings == [])
    }

    @Test(arguments: [
        (#"{"a":1}"#, #"{"a":null}"#, ["nulled /a"]),
        (#"{"a":null}"#, #"{"a":null}"#, []),
        (#"{"b":1}"#, #"{"a":null,"b":1}"#, []),
        (#"{"a":{"b~/":"x","c":2}}"#, #"{"a":{"b~/":null,"c":null}}"#, ["nulled /a/b~0~1", "nulled /a/c"]),
        (#"{"a":{"b":1}}"#, #"{"a":null}"#, ["nulled /a"]),
        (#"{"a":[1,2]}"#, #"{"a":[1,null]}"#, ["nulled /a/1"]),
        (#"{"a":null}"#, #"{"a":1}"#, []),
    ])
    func valuesThatBecomeNull(old: String, new: String, expected: [String]) throws {
        #expect(try rules(from: old, to: new) == expected)
    }

    @Test(arguments: [
        (#"{"a":1}"#, #"{"a":"1"}"#, ["!retyped /a"]),
        (#"{"a":1}"#, #"{"a":1.5e3}"#, []),
        (#"{"a":true}"#, #"{"a":"true"}"#, ["!retyped /a"]),
        (#"{"a":{"b":1}}"#, #"{"a":"b"}"#, ["!retyped /a"]),
        (#"{"a":"b"}"#, #"{"a":{"b":1}}"#, ["!retyped /a"]),
        (#"{"a":[]}"#, #"{"a":{}}"#, ["!retyped /a"]),
        (#"{"a":[1,"x"]}"#, #"{"a":["1",2]}"#, ["!retyped /a/0", "!retyped /a/1"]),
        (#"{"a":{"b":1,"c":2,"d":3,"e":4,"f":5}}"#, #"{"a":"x"}"#, ["removed ", "!retyped /a"]),
    ])
    func anotherTypeWarns(old: String, new: String, expected: [String]) throws {
        #expect(try rules(from: old, to: new) == expected)
    }

    @Test func moreIsNotCollectedThanAnAnswerCanTell() throws {
        let keys = (0..<500).map { "k\($0)" }
        let old = try JSONValue.object(JSONObject(keys.map { ($0, .bool(true)) }))
        let nulls = try JSONValue.object(JSONObject(keys.map { ($0, .null) }))
        let texts = try JSONValue.object(JSONObject(keys.map { ($0, .string("")) }))
        let nulled = BlastRadius.report(of: nulls, bytes: 1, after: old, bytes: 1)
        let retyped = BlastRadius.report(of: texts, bytes: 1, after: old, bytes: 1)
        #expect(nulled.findings.count == 101)
        #expect(retyped.findings == [] && retyped.warnings.count == 101)
    }

    @Test func aMessageHoldsNoValue() throws {
        let old = try JSONValue(parsing: #"{"a":"unlikely","b":{"c":"strange"},"d":"odd"}"#)
        let new = try JSONValue(parsing: #"{"a":null,"b":"peculiar","d":7}"#)
        let report = BlastRadius.report(of: new, bytes: 20_000, after: old, bytes: 50)
        #expect(Set((report.findings + report.warnings).map(\.rule)) == ["nulled", "grown", "retyped"])
        for finding in report.findings + report.warnings {
            for value in ["unlikely", "strange", "odd", "peculiar", "7"] { #expect(!finding.message.contains(value)) }
        }
    }
}
