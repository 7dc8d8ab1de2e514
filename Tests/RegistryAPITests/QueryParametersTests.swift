import ConfigModel
import RegistryAPI
import Testing

@Suite struct QueryParametersTests {
    @Test(arguments: [
        ("a=1", "1"), ("a=", ""), ("a", ""), ("a=x%20y", "x y"), ("a=x+y", "x y"), ("a=x%2By", "x+y"), ("a=b=c", "b=c"),
        ("&a=1&", "1"), ("a=%C3%A9", "\u{e9}"),
    ])
    func valuesAreDecoded(_ query: String, _ value: String) throws {
        #expect(try QueryParameters(query, known: ["a"])["a"] == value)
    }

    @Test(arguments: ["a=%", "a=%2", "a=%zz", "a=%ff", "%ff=1"])
    func brokenEncodingIsRefused(_ query: String) {
        #expect(throws: Problem.self) { try QueryParameters(query, known: ["a"]) }
    }

    @Test func anUnknownNameIsRefusedWithTheKnownOnes() {
        let problem = #expect(throws: Problem.self) {
            try QueryParameters("enviroment=prod", known: ["limit", "environment"])
        }
        #expect(problem?.type == .invalidParameter)
        #expect(problem?.detail == "The query parameter 'enviroment' is unknown; known here are environment, limit.")
    }

    @Test func onlyARepeatableNameMayRepeat() throws {
        #expect(throws: Problem.self) { try QueryParameters("a=1&a=2", known: ["a"]) }
        #expect(try QueryParameters("a=1&a=2", known: ["a"], repeatable: ["a"]).all("a") == ["1", "2"])
    }

    @Test(arguments: [("500ms", 500), ("30s", 30_000), ("1m", 60_000), ("60s", 60_000)] as [(String, Int64)])
    func durations(_ text: String, _ milliseconds: Int64) throws {
        let duration = try QueryParameters("wait=\(text)", known: ["wait"]).duration("wait", atMost: .seconds(60))
        #expect(duration == .milliseconds(milliseconds))
    }

    @Test(arguments: ["", "0s", "61s", "2m", "30", "s", "-1s", "1.5s", "30S", "99999999999s", "30 s"])
    func otherDurationsAreRefused(_ text: String) {
        #expect(throws: Problem.self) {
            try QueryParameters("wait=\(text)", known: ["wait"]).duration("wait", atMost: .seconds(60))
        }
    }

    @Test(arguments: ["0", "-1", "1001", "x", "", "1.0", "99999999999999999999"])
    func integersOutsideTheirRangeAreRefused(_ text: String) {
        #expect(throws: Problem.self) {
            try QueryParameters("limit=\(text)", known: ["limit"]).integer("limit", in: 1...1_000)
        }
    }
}
