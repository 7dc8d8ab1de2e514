import ConfigModel
import TestSupport
import Testing

@testable import ConfigWatcher
@testable import WatcherCore

@Suite struct LenientReadingTests {
    private let snapshot: Snapshot<ConfigDocument>

    init() async throws {
        let json = """
            {"flag":"Yes","off":"OFF","one":1,"zero":"0","true":true,"two":2,"maybe":"maybe","port":"5432","negative":"-7",\
            "large":"9007199254740993","ratio":"0.5","half":1.5,"textHalf":"1.5","spaced":" 5","plus":"+5","hex":"0x10","octal":"007",\
            "words":"not a number","empty":"","number":1.50,"hosts":"db1, db2 ,db3","ports":["80","443",8080],\
            "limits":{"a":"1","b":2},"wait":"30s","nothing":null}
            """
        snapshot = try await loadedSnapshot(json)
    }

    @Test(arguments: [("flag", true), ("off", false), ("one", true), ("zero", false), ("true", true)])
    func wordsOfEnvironmentVariablesAreBooleans(path: String, expected: Bool) throws {
        #expect(try snapshot.lenient.get(ConfigPath(path), as: Bool.self) == expected)
    }

    @Test func textThatIsExactlyANumberIsANumber() throws {
        let lenient = snapshot.lenient
        #expect(try lenient.get("port", as: Int.self) == 5432)
        #expect(try lenient.get("port", as: UInt16.self) == 5432)
        #expect(try lenient.get("negative", as: Int8.self) == -7)
        #expect(try lenient.get("large", as: Int64.self) == 9_007_199_254_740_993)
        #expect(try lenient.get("ratio", as: Double.self) == 0.5)
        #expect(try lenient.get("ratio", as: Float.self) == 0.5)
        #expect(try lenient.get("wait", as: Duration.self) == .seconds(30))
    }

    @Test(arguments: [
        "half", "textHalf", "spaced", "plus", "hex", "octal", "words", "empty", "true", "hosts", "wait", "limits",
    ])
    func nothingIsRoundedOrGuessed(path: String) {
        #expect(snapshot.lenient.get(ConfigPath(path), default: 42) == 42)
        #expect(throws: WatcherError.self) { try snapshot.lenient.get(ConfigPath(path), as: Int.self) }
    }

    @Test(arguments: ["two", "maybe", "empty", "half", "hosts", "limits", "nothing"])
    func onlyTheseWordsAreBooleans(path: String) {
        #expect(throws: WatcherError.self) { try snapshot.lenient.get(ConfigPath(path), as: Bool.self) }
    }

    @Test func numbersAndBooleansAreTextAsTheyWereWritten() {
        #expect(snapshot.lenient.get("number", default: "") == "1.50")
        #expect(snapshot.lenient.get("true", default: "") == "true")
        #expect(snapshot.lenient.get("nothing", default: "none") == "none")
    }

    @Test func textWithCommasIsAnArray() {
        let lenient = snapshot.lenient
        #expect(lenient.get("hosts", default: [""]) == ["db1", "db2", "db3"])
        #expect(lenient.get("empty", default: ["?"]) == [])
        #expect(lenient.get("ports", default: [0]) == [80, 443, 8080])
        #expect(lenient.get("port", default: [0]) == [5432])
        #expect(lenient.get("limits", default: ["": 0]) == ["a": 1, "b": 2])
    }

    @Test(arguments: ["flag", "one", "port", "ratio", "ports", "limits"])
    func strictReadingTakesNoneOfThem(path: String) {
        let path = ConfigPath(path)
        #expect(!snapshot.get(path, default: false))
        #expect(path == "one" || snapshot.get(path, default: 42) == 42)
        #expect(snapshot.get(path, default: -1.5) == (path == "one" ? 1 : -1.5))
        #expect(snapshot.get(path, default: [7]) == [7])
        #expect(snapshot.get(path, default: ["z": 7]) == ["z": 7])
    }

    /// Whatever strict reading finds, lenient reading finds too.
    @Test func lenientReadingChangesNoValueThatIsOfTheType() {
        for (key, value) in snapshot.object {
            let path = ConfigPath("/" + key)
            if let flag = Bool(configuration: value) { #expect(snapshot.lenient.get(path, default: !flag) == flag) }
            if let number = Int(configuration: value) { #expect(snapshot.lenient.get(path, default: 0) == number) }
            if let text = String(configuration: value) { #expect(snapshot.lenient.get(path, default: "?") == text) }
        }
    }
}
