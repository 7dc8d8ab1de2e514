import ConfigModel
import Testing

@testable import ConfigWatcher
@testable import WatcherCore

/// A reason names the place as the document does, and never the value that is there.
@Suite("A document that a type does not decode")
struct UndecodableContentTests {
    private enum Level: String, Decodable {
        case info, warning
    }

    private struct Pool: Decodable {
        let size: UInt16
        let ratio: Float?
    }

    private struct Limits: Decodable {
        let maxConnections: Int
        let port: UInt16?
        let level: Level?
        let pools: [Pool]?
        let limits: [String: Int]?
        let timeout: Duration?
    }

    private struct Acronym: Decodable {
        let baseURL: String
    }

    private static func reason<Value: Decodable & Sendable>(
        _ type: Value.Type, _ json: String, _ keys: KeyDecoding = .convertFromSnakeCase
    ) throws -> String? {
        let object = try Content(parsing: Array(json.utf8)).object
        let content = Content(object)
        let input = DecoderInput(
            key: try DocumentKey(parsing: "parsing/prod"), layers: DocumentLayers(), content: content,
            object: LazyObject(content, object))
        do {
            _ = try ConfigDecoder<Value>.json(keys).decode(input)
            return nil
        } catch {
            return "\(error)"
        }
    }

    @Test(
        arguments: [
            (#"{"max_connections":3.5}"#, "/max_connections: the number does not fit Int."),
            (#"{"max_connections":99999999999999999999}"#, "/max_connections: the number does not fit Int."),
            (#"{"max_connections":1,"port":99999}"#, "/port: the number does not fit UInt16."),
            (
                #"{"max_connections":1,"pools":[{"size":1,"ratio":0.5},{"ratio":0.5,"size":-1}],"port":1}"#,
                "/pools/1/size: the number does not fit UInt16."
            ),
            (#"{"max_connections":1,"limits":{"a/b":0.5,"a_b":1}}"#, "/limits/a~1b: the number does not fit Int."),
            (#"{"max_connections":1.5,"port":1.5}"#, "/port: the number does not fit UInt16."),
            (#"{"max_connections":1.0,"port":1e2}"#, nil),
            (#"{"max_connections":"5"}"#, "/max_connections: Int is expected, not a string."),
            (#"{"max_connections":null}"#, "/max_connections: Int is expected, not null."),
            (#"{}"#, "/max_connections is missing."),
            (#"{"max_connections":1,"pools":[{"size":1},{}]}"#, "/pools/1/size is missing."),
            (#"{"max_connections":1,"pools":{}}"#, "/pools: an array is expected, not an object."),
            (#"{"level":"secret-word","max_connections":1}"#, "/level: the value is none of Level."),
            (
                #"{"max_connections":1,"timeout":"30s"}"#,
                "/timeout: an array is expected, not a string. A property of type Duration does not take '30s': decode a String, or read it by get."
            ),
        ] as [(String, String?)])
    func isToldByTheDocumentsOwnNames(json: String, reason: String?) throws {
        #expect(try Self.reason(Limits.self, json) == reason)
    }

    @Test(
        arguments: [
            (
                #"{"base_url":"x"}"#,
                #"/base_url is read as 'baseUrl', and the type has 'baseURL': write case baseURL = "baseUrl""#
            ),
            (#"{"other":1}"#, "/base_url is missing."), (#"{"baseURL":"x"}"#, nil),
        ] as [(String, String?)])
    func anAcronymIsNamedWithTheWayToReadIt(json: String, words: String?) throws {
        let reason = try Self.reason(Acronym.self, json)
        if let words { #expect(reason?.contains(words) == true, "\(reason ?? "")") } else { #expect(reason == nil) }
    }

    @Test func withNamesThatAreTakenAsTheyAreNothingIsConverted() throws {
        let reason = try Self.reason(Limits.self, #"{"max_connections":1}"#, .useDefaultKeys)
        #expect(reason?.hasPrefix("/maxConnections is missing.") == true)
        #expect(
            try Self.reason(Limits.self, #"{"maxConnections":0.5}"#, .useDefaultKeys)
                == "/maxConnections: the number does not fit Int.")
    }

    /// Documents with thousands of numbers are looked through by halves.
    @Test func oneNumberAmongThousandsIsFound() throws {
        let numbers = (0..<5_000).map { $0 == 3_777 ? "0.5" : "\($0)" }.joined(separator: ",")
        let reason = try Self.reason([String: [Int]].self, "{\"n\":[\(numbers)]}")
        #expect(reason == "/n/3777: the number does not fit Int.")
    }
}
