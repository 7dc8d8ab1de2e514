import ConfigModel
import Testing

/// Small requests with large effects: their cost is counted, and the work ends at its bound.
@Suite(.timeLimit(.minutes(1))) struct WorkBudgetTests {
    static let front = #"{"op":"add","path":"/a/0","value":1},{"op":"remove","path":"/a/0"}"#
    static let moves = #"{"op":"move","from":"/a","path":"/b/x"},{"op":"move","from":"/b/x","path":"/a"}"#
    static let members = #"{"op":"add","path":"/o/!","value":1},{"op":"remove","path":"/o/!"}"#
    static let long = #"{"op":"test","path":"/n","value":1}"#

    private static func list(_ operations: String, times: Int) throws -> JSONPatch {
        let text = repeatElement(operations, count: times).joined(separator: ",")
        return try JSONPatch(json: try Sample.json("[\(text)]"))
    }

    private static func target() throws -> JSONValue {
        let zeros = repeatElement("0", count: 10_000).joined(separator: ",")
        let members = (0..<2_000).map { "\"\($0)\":0" }.joined(separator: ",")
        let one = "1." + String(repeating: "0", count: 10_000)
        return try Sample.json(#"{"a":[\#(zeros)],"b":{},"n":\#(one),"o":{\#(members)}}"#)
    }

    @Test("a patch is given up where it costs too much", arguments: [front, moves, members, long])
    func patch(operations: String) throws {
        let patch = try Self.list(operations, times: 2_000)
        let target = try Self.target()
        var budget = WorkBudget(100_000)
        let error = try #require(throws: JSONPatchError.self) {
            try patch.apply(to: target, limits: .default, budget: &budget)
        }
        #expect(error.limit == .tooMuchWork)
        #expect(error.description.contains("too much work"))
    }

    @Test("what costs little is done", arguments: [front, moves, members, long])
    func smallPatch(operations: String) throws {
        let target = try Self.target()
        var budget = WorkBudget(1_000_000)
        let result = try Self.list(operations, times: 20).apply(to: target, limits: .default, budget: &budget)
        #expect(result == target)
    }

    @Test("a patch ends when it is no longer wanted")
    func ended() throws {
        let patch = try Self.list(Self.front, times: 2_000)
        let target = try Self.target()
        var looks = 0
        var budget = WorkBudget {
            looks += 1
            return looks < 3
        }
        let error = try #require(throws: JSONPatchError.self) {
            try patch.apply(to: target, limits: .default, budget: &budget)
        }
        #expect(error.limit == .ended)
        #expect(looks == 3)
    }

    /// Each changed member is named with the whole path to it.
    @Test("a difference whose paths are longer than both contents is given up")
    func paths() throws {
        func content(_ number: Int) throws -> JSONObject {
            let members = (0..<200).map { "\"\($0)\":\(number)" }.joined(separator: ",")
            return try Sample.object(#"{"\#(String(repeating: "k", count: 200_000))":{\#(members)}}"#)
        }
        let (old, new) = (try content(1), try content(2))
        #expect(throws: WorkLimit.tooMuchWork) {
            var budget = WorkBudget(1_000_000)
            _ = try DocumentDiff(old: old, new: new, budget: &budget)
        }
    }
}
