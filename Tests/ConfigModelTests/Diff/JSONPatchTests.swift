import ConfigModel
import TestSupport
import Testing

@Suite struct JSONPatchTests {
    private func apply(_ patch: String, to target: String) throws -> String {
        try JSONPatch(json: try Sample.json(patch)).apply(to: try Sample.json(target)).description
    }

    @Test(arguments: [
        // add
        (#"{"foo":"bar"}"#, #"[{"op":"add","path":"/baz","value":"qux"}]"#, #"{"baz":"qux","foo":"bar"}"#),
        (#"{"foo":["bar","baz"]}"#, #"[{"op":"add","path":"/foo/1","value":"qux"}]"#, #"{"foo":["bar","qux","baz"]}"#),
        (#"{"foo":["bar"]}"#, #"[{"op":"add","path":"/foo/-","value":["abc"]}]"#, #"{"foo":["bar",["abc"]]}"#),
        (#"{"foo":[1]}"#, #"[{"op":"add","path":"/foo/1","value":2}]"#, #"{"foo":[1,2]}"#),
        (#"{"foo":1}"#, #"[{"op":"add","path":"/foo","value":null}]"#, #"{"foo":null}"#),
        (#"{"foo":1}"#, #"[{"op":"add","path":"","value":[]}]"#, "[]"),
        (#"{}"#, #"[{"op":"add","path":"/","value":1}]"#, #"{"":1}"#),
        // remove
        (#"{"baz":"qux","foo":"bar"}"#, #"[{"op":"remove","path":"/baz"}]"#, #"{"foo":"bar"}"#),
        (#"{"foo":["bar","qux","baz"]}"#, #"[{"op":"remove","path":"/foo/1"}]"#, #"{"foo":["bar","baz"]}"#),
        (#"{"a":{"b":{"c":1,"d":2}}}"#, #"[{"op":"remove","path":"/a/b/c"}]"#, #"{"a":{"b":{"d":2}}}"#),
        // replace
        (
            #"{"baz":"qux","foo":"bar"}"#, #"[{"op":"replace","path":"/baz","value":"boo"}]"#,
            #"{"baz":"boo","foo":"bar"}"#
        ),
        (#"[1,[2,3]]"#, #"[{"op":"replace","path":"/1/0","value":{}}]"#, #"[1,[{},3]]"#),
        (#"{"a":1}"#, #"[{"op":"replace","path":"","value":{"b":2}}]"#, #"{"b":2}"#),
        // move
        (
            #"{"foo":{"bar":"baz","waldo":"fred"},"qux":{"corge":"grault"}}"#,
            #"[{"op":"move","from":"/foo/waldo","path":"/qux/thud"}]"#,
            #"{"foo":{"bar":"baz"},"qux":{"corge":"grault","thud":"fred"}}"#
        ),
        (
            #"{"foo":["all","grass","cows","eat"]}"#, #"[{"op":"move","from":"/foo/1","path":"/foo/3"}]"#,
            #"{"foo":["all","cows","eat","grass"]}"#
        ),
        (#"{"a":1}"#, #"[{"op":"move","from":"/a","path":"/a"}]"#, #"{"a":1}"#),
        (#"{"a":{"b":1}}"#, #"[{"op":"move","from":"/a/b","path":"/a"}]"#, #"{"a":1}"#),
        // copy
        (#"{"a":{"b":[1]}}"#, #"[{"op":"copy","from":"/a/b","path":"/c"}]"#, #"{"a":{"b":[1]},"c":[1]}"#),
        (#"{"a":1}"#, #"[{"op":"copy","from":"","path":"/b"}]"#, #"{"a":1,"b":{"a":1}}"#),
        // test
        (
            #"{"baz":"qux","foo":["a",2,"c"]}"#,
            #"[{"op":"test","path":"/baz","value":"qux"},{"op":"test","path":"/foo/1","value":2}]"#,
            #"{"baz":"qux","foo":["a",2,"c"]}"#
        ),
        (
            #"{"/":9,"~1":10}"#, #"[{"op":"test","path":"/~01","value":10},{"op":"test","path":"/~1","value":9}]"#,
            #"{"/":9,"~1":10}"#
        ),
        // Several, in order; unknown members are ignored.
        (
            #"{}"#, #"[{"op":"add","path":"/a","value":{}},{"op":"add","path":"/a/b","value":1,"note":"x"}]"#,
            #"{"a":{"b":1}}"#
        ),
        (#"{"a":1}"#, "[]", #"{"a":1}"#),
        // Numbers are compared by their value, wherever they are (section 4.6).
        (#"{"a":1}"#, #"[{"op":"test","path":"/a","value":1.0}]"#, #"{"a":1}"#),
        (
            #"{"a":{"b":[10,-0.0]}}"#, #"[{"op":"test","path":"/a","value":{"b":[1e1,0]}}]"#, #"{"a":{"b":[10,-0.0]}}"#
        ),
    ])
    func applies(target: String, patch: String, result: String) throws {
        #expect(try apply(patch, to: target) == result)
    }

    @Test(arguments: [
        (#"{"a":1}"#, #"[{"op":"add","path":"/b/c","value":1}]"#),
        (#"{"a":[1]}"#, #"[{"op":"add","path":"/a/2","value":1}]"#),
        (#"{"a":[1]}"#, #"[{"op":"add","path":"/a/-1","value":1}]"#),
        (#"{"a":[1]}"#, #"[{"op":"add","path":"/a/01","value":1}]"#),
        (#"{"a":[1]}"#, #"[{"op":"add","path":"/a/1e0","value":1}]"#),
        (#"{"a":[1]}"#, #"[{"op":"replace","path":"/a/-","value":1}]"#),
        (#"{"a":1}"#, #"[{"op":"add","path":"/a/b","value":1}]"#), (#"{"a":1}"#, #"[{"op":"remove","path":"/b"}]"#),
        (#"{"a":1}"#, #"[{"op":"remove","path":""}]"#), (#"{"a":[1]}"#, #"[{"op":"remove","path":"/a/1"}]"#),
        (#"{"a":1}"#, #"[{"op":"replace","path":"/b","value":1}]"#),
        (#"{"a":1}"#, #"[{"op":"move","from":"/b","path":"/c"}]"#),
        (#"{"a":{"b":1}}"#, #"[{"op":"move","from":"/a","path":"/a/b"}]"#),
        (#"{"a":1}"#, #"[{"op":"copy","from":"/b","path":"/c"}]"#),
        (#"{"a":1}"#, #"[{"op":"test","path":"/a","value":1.1}]"#),
        (#"{"a":[1]}"#, #"[{"op":"test","path":"/a","value":[1,1]}]"#),
        (#"{"a":{"b":1}}"#, #"[{"op":"test","path":"/a","value":{"c":1}}]"#),
        (#"{"a":1}"#, #"[{"op":"test","path":"/a","value":"1"}]"#),
        (#"{"a":1}"#, #"[{"op":"test","path":"/b","value":null}]"#),
        (#"{"é":1}"#, "[{\"op\":\"test\",\"path\":\"/e\u{301}\",\"value\":1}]"),
    ])
    func refusesWhatDoesNotFit(target: String, patch: String) throws {
        #expect(throws: JSONPatchError.self) { try apply(patch, to: target) }
    }

    @Test(arguments: [
        "{}", "null", "[1]", "[{}]", #"[{"op":"add"}]"#, #"[{"op":"add","path":"/a"}]"#,
        #"[{"op":"spam","path":"/a"}]"#,
        #"[{"op":"add","path":"a","value":1}]"#, #"[{"op":"move","path":"/a"}]"#, #"[{"op":"remove","path":1}]"#,
        #"[{"op":"copy","from":"x","path":"/a"}]"#, #"[{"path":"/a","value":1}]"#,
    ])
    func refusesOtherJSON(patch: String) throws {
        #expect(throws: JSONPatchError.self) { try JSONPatch(json: try Sample.json(patch)) }
    }

    @Test func namesTheOperationThatFails() throws {
        let error = try #require(throws: JSONPatchError.self) {
            try apply(#"[{"op":"add","path":"/a","value":1},{"op":"remove","path":"/b"}]"#, to: "{}")
        }
        #expect(error.operation == 1)
        #expect(
            error.description == "The patch cannot be applied: operation 1 (counted from 0): there is no member \"b\".")
    }

    @Test func stopsCopiesThatDoubleTheDocument() throws {
        let copies = (0..<200).map { #"{"op":"copy","from":"","path":"/k\#($0)"}"# }
        #expect(throws: JSONPatchError.self) { try apply("[" + copies.joined(separator: ",") + "]", to: #"{"a":"x"}"#) }
        let wide = (0..<200).map { _ in #"{"op":"copy","from":"/a","path":"/a/-"}"# }
        #expect(throws: JSONPatchError.self) { try apply("[" + wide.joined(separator: ",") + "]", to: #"{"a":["x"]}"#) }
    }

    @Test func stopsDepthBeyondTheLimit() throws {
        let deeper = [
            #"{"op":"move","from":"/a","path":"/b"}"#, #"{"op":"add","path":"/a","value":{}}"#,
            #"{"op":"move","from":"/b","path":"/a/x"}"#,
        ].joined(separator: ",")
        func patch(_ times: Int) -> String { "[" + repeatElement(deeper, count: times).joined(separator: ",") + "]" }
        #expect(try apply(patch(63), to: #"{"a":1}"#).hasSuffix("1" + String(repeating: "}", count: 64)))
        #expect(throws: JSONPatchError.self) { try apply(patch(64), to: #"{"a":1}"#) }
    }

    @Test(arguments: 1...300 as ClosedRange<UInt64>)
    func differenceLeadsFromOldToNew(seed: UInt64) throws {
        var random = RandomJSON(seed: seed)
        let old = random.value()
        let new = seed.isMultiple(of: 2) ? random.value() : changed(old, &random)
        var budget = WorkBudget()
        let patch = try JSONPatch.difference(from: old, to: new, budget: &budget)
        #expect(try patch.apply(to: old) == new)
        #expect(patch.operations.isEmpty == (old == new))
        var writer = JSONWriter()
        patch.appendJSON(to: &writer)
        #expect(try JSONPatch(json: try JSONValue(parsing: writer.bytes)) == patch)
    }

    /// The value with a few changes somewhere inside.
    private func changed(_ value: JSONValue, _ random: inout RandomJSON) -> JSONValue {
        switch value {
        case .array(var elements):
            if Bool.random(using: &random.generator) { elements.insert(random.value(depth: 1), at: elements.count / 2) }
            if elements.count > 2, Bool.random(using: &random.generator) { elements.removeFirst() }
            return .array(elements.map { changed($0, &random) })
        case .object(var object):
            for key in object.keys {
                switch Int.random(in: 0..<5, using: &random.generator) {
                case 0: object[key] = nil
                case 1: object[key + "x"] = random.value(depth: 1)
                default: object[key] = changed(object[key] ?? .null, &random)
                }
            }
            return .object(object)
        default: return Int.random(in: 0..<4, using: &random.generator) == 0 ? random.value(depth: 1) : value
        }
    }
}
