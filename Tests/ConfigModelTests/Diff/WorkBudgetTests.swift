import Testing

@testable import ConfigModel

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

    @Test(arguments: [front, moves, members, long])
    func aPatchIsGivenUpWhereItCostsTooMuch(operations: String) throws {
        let patch = try Self.list(operations, times: 2_000)
        let target = try Self.target()
        var budget = WorkBudget(100_000)
        let error = try #require(throws: JSONPatchError.self) {
            try patch.apply(to: target, limits: .default, budget: &budget)
        }
        #expect(error.limit == .tooMuchWork)
        #expect(error.description.contains("too much work"))
    }

    @Test(arguments: [front, moves, members, long])
    func whatCostsLittleIsDone(operations: String) throws {
        let target = try Self.target()
        var budget = WorkBudget(1_000_000)
        let result = try Self.list(operations, times: 20).apply(to: target, limits: .default, budget: &budget)
        #expect(result == target)
    }

    @Test func aPatchEndsWhenItIsNoLongerWanted() throws {
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
    @Test func aDifferenceWhosePathsAreLongerThanBothContentsIsGivenUp() throws {
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

    @Test(arguments: [true, false])
    func aMergeVisitsTheMembersOfBothSidesAndIsGivenUpWhereTheyAreTooMany(isPatchLarge: Bool) throws {
        let many = try Sample.object("{\((0..<2_000).map { "\"\($0)\":{\"a\":0}" }.joined(separator: ","))}")
        let (patch, target) = isPatchLarge ? (many, JSONObject()) : (try Sample.object(#"{"0":1}"#), many)
        #expect(throws: WorkLimit.tooMuchWork) {
            var budget = WorkBudget(1_000)
            _ = try MergePatch.merge(patch, into: target, budget: &budget)
        }
        var budget = WorkBudget(5_000)
        #expect(try MergePatch.merge(patch, into: target, budget: &budget).count == 2_000)
    }

    /// An edit that copied its containers would cost what they hold and not what is counted.
    @Test(arguments: [
        #"{"op":"replace","path":"/c/k","value":1}"#, #"{"op":"add","path":"/c/k","value":1}"#,
        #"{"op":"remove","path":"/c/k"}"#, #"{"op":"replace","path":"/c/a/0","value":1}"#,
        #"{"op":"remove","path":"/c/a/0"}"#, #"{"op":"add","path":"/c/o/m","value":1}"#,
    ])
    func aContainerIsChangedWhereItIsAndSoAreThoseAroundIt(operation: String) throws {
        let patch = try Self.list(operation, times: 1)
        var value = try Sample.json(#"{"c":{"a":[{},{}],"k":0,"o":{"m":{}}}}"#)
        // What was read may be shared; from the first edit on the value is ours.
        for path in ["/c/a/1", "/c/o/m", "/c/k"] {
            try value.replace(with: .null, at: JSONPointer(parsing: path).tokens[...])
        }
        let before = value.storage
        var budget = WorkBudget()
        switch patch.operations[0] {
        case .replace(let path, let new): try value.replace(with: new, at: path.tokens[...])
        case .add(let path, let new): try value.add(new, at: path.tokens[...], &budget)
        case .remove(let path): _ = try value.remove(at: path.tokens[...], &budget)
        default: Issue.record("not an edit")
        }
        #expect(value.storage == before)
    }
}

extension JSONValue {
    /// Where its containers are in memory.
    fileprivate var storage: [UnsafeRawPointer?] {
        switch self {
        case .object(let object) where !object.isEmpty:
            [object.members.withUnsafeBytes(\.baseAddress)] + object.members.flatMap(\.value.storage)
        case .array(let elements) where !elements.isEmpty:
            [elements.withUnsafeBytes(\.baseAddress)] + elements.flatMap(\.storage)
        default: []
        }
    }
}
