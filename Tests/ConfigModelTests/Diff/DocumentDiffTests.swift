import ConfigModel
import Testing

@Suite struct DocumentDiffTests {
    private func json(_ old: String, _ new: String) throws -> String {
        var writer = JSONWriter()
        let diff = try diff(old, new)
        writer.object { diff.appendMembers(to: &$0) }
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private func diff(_ old: String, _ new: String) throws -> DocumentDiff {
        var budget = WorkBudget()
        return try DocumentDiff(old: try Sample.object(old), new: try Sample.object(new), budget: &budget)
    }

    @Test func tellsChangesByTopLevelKeyAndDeep() throws {
        let expected =
            #"{"added":{"new":[1]},"removed":{"gone":{"x":1}},"#
            + #""changed":{"db":{"old":{"host":"a","port":1},"new":{"host":"b","port":1}}},"#
            + #""patch":[{"op":"replace","path":"/db/host","value":"b"},{"op":"remove","path":"/gone"},"#
            + #"{"op":"add","path":"/new","value":[1]}]}"#
        #expect(
            try json(
                #"{"db":{"host":"a","port":1},"gone":{"x":1},"same":0}"#,
                #"{"db":{"host":"b","port":1},"new":[1],"same":0}"#)
                == expected)
    }

    @Test func isEmptyForEqualContents() throws {
        #expect(
            try json(#"{"a":{"b":[1,2]}}"#, #"{ "a": {"b":[1,2]} }"#)
                == #"{"added":{},"removed":{},"changed":{},"patch":[]}"#)
        #expect(try diff("{}", "{}").isEmpty)
    }

    @Test func comparesNumbersByTheirText() throws {
        #expect(try json(#"{"a":1}"#, #"{"a":1.0}"#).contains(#""changed":{"a":{"old":1,"new":1.0}}"#))
    }

    @Test func tellsLookAlikeKeysApart() throws {
        let diff = try diff("{\"\u{e9}\":1}", "{\"e\u{301}\":1}")
        #expect(diff.added.count == 1 && diff.removed.count == 1 && diff.changed.isEmpty)
    }

    @Test func leavesTheEqualEndsOfArraysAlone() throws {
        #expect(
            try json(#"{"a":[1,2,3,4]}"#, #"{"a":[1,9,2,3,4]}"#).contains(
                #""patch":[{"op":"add","path":"/a/1","value":9}]"#))
        #expect(
            try json(#"{"a":[1,2,3,4]}"#, #"{"a":[1,4]}"#).contains(
                #""patch":[{"op":"remove","path":"/a/2"},{"op":"remove","path":"/a/1"}]"#))
    }
}
