import ConfigModel
import TestSupport
import Testing

@testable import ConfigWatcher
@testable import RegistrySource
@testable import WatcherCore

@Suite struct ReadableTypesTests {
    @Test(arguments: ["-129", "128", "1.0", "1e2", "300", "99999999999999999999"])
    func anIntegerThatDoesNotFitOrIsNotWrittenAsOneIsNone(text: String) throws {
        #expect(Int8(configuration: try JSONValue(parsing: text)) == nil)
    }

    @Test func integersOfEachSizeReachTheirBounds() throws {
        func read<Wanted: ConfigReadable>(_ text: String, as: Wanted.Type) throws -> Wanted? {
            Wanted(configuration: try JSONValue(parsing: text))
        }
        #expect(try read("-128", as: Int8.self) == .min)
        #expect(try read("32767", as: Int16.self) == .max)
        #expect(try read("-2147483648", as: Int32.self) == .min)
        #expect(try read("9223372036854775807", as: Int64.self) == .max)
        #expect(try read("9223372036854775808", as: Int.self) == nil)
        #expect(try read("255", as: UInt8.self) == .max)
        #expect(try read("65535", as: UInt16.self) == .max)
        #expect(try read("4294967295", as: UInt32.self) == .max)
        #expect(try read("18446744073709551615", as: UInt64.self) == .max)
        #expect(try read("18446744073709551616", as: UInt.self) == nil)
        #expect(try read("-1", as: UInt.self) == nil)
        #expect(try read("9007199254740993", as: Int.self) == 9_007_199_254_740_993)
    }

    @Test func floatingPointNumbersAreTheNearestToWhatIsWritten() throws {
        #expect(Double(configuration: try JSONValue(parsing: "0.30000000000000004")) == 0.30000000000000004)
        #expect(Float(configuration: try JSONValue(parsing: "0.1")) == 0.1)
        #expect(Float(configuration: try JSONValue(parsing: "1e39")) == nil)
        #expect(Double(configuration: try JSONValue(parsing: "1e309")) == nil)
    }

    @Test(arguments: [("500ms", Duration.milliseconds(500)), ("30s", .seconds(30)), ("5m", .seconds(300))])
    func durationsHaveAUnit(text: String, expected: Duration) {
        #expect(Duration(configuration: .string(text)) == expected)
    }

    @Test(arguments: [
        ("2h", Duration.seconds(7_200)), ("1d", .seconds(86_400)), ("30", nil), ("-1s", nil), ("1.5s", nil),
    ])
    func durationsAreWholeNumbersOfIt(text: String, expected: Duration?) {
        #expect(Duration(configuration: .string(text)) == expected)
        #expect(Duration(configuration: .number(JSONNumber(30))) == nil)
    }

    @Test func dictionariesHaveOneTypeOfValue() async throws {
        let snapshot = try await loadedSnapshot(#"{"limits":{"a":1,"b":2},"mixed":{"a":1,"b":"2"},"none":{}}"#)
        #expect(snapshot.get("limits", default: [:]) == ["a": 1, "b": 2])
        #expect(snapshot.get("mixed", default: ["z": 0]) == ["z": 0])
        #expect(snapshot.get("none", default: ["z": 0]) == [:])
        #expect(try snapshot.get("limits", as: [String: Double].self) == ["a": 1, "b": 2])
    }

    /// `é` in one character and in two are two names in JSON and one in Swift.
    @Test func aDictionaryThatWouldLoseANameIsNone() throws {
        let value = try JSONValue(parsing: #"{"limits":{"\u00e9":1,"e\u0301":2}}"#)
        let limits = try #require(JSONObject(configuration: value)?["limits"])
        #expect([String: Int](configuration: limits) == nil)
    }

    @Test func aWatcherReadsWhatRunsAtTheMoment() async throws {
        let scene = WatcherScene(try TestHistory(contents: [#"{"port":"5432","tls":true}"#]).head)
        let watcher = try ConfigWatcher<ConfigDocument>(
            key: "parsing/prod", source: RegistrySource(reading: scene.registry, events: .serverSentEvents), logger: nil
        )
        #expect(try watcher.get("tls", as: Bool.self) == nil && watcher.lenient.get("port", default: 1) == 1)
        try await running(watcher) {
            _ = try await watcher.ready()
            #expect(try watcher.get("tls", as: Bool.self) == true)
            #expect(watcher.lenient.get("port", default: 1) == 5432)
            #expect(throws: WatcherError.self) { try watcher.get("port", as: Int.self) }
        }
    }
}
