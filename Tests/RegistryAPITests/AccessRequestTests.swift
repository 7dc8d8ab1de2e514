import ConfigModel
import RegistryAPI
import Testing

/// Requests about identities: what a client sends is what a server reads, and what is wrong is named.
@Suite struct AccessRequestTests {
    private static let moment = Timestamp(milliseconds: 1_795_000_000_000)

    @Test(arguments: [
        TokenCreation(name: "ci", grants: ["publisher:parsing/prod"]),
        TokenCreation(
            name: "ci.2", grants: ["admin:#/*", "reader:a.*/default"], rights: ["on_behalf"],
            expiry: .after(.seconds(90 * 86_400)), comment: "é \"x\""),
        TokenCreation(name: "", grants: [], expiry: .never),
    ])
    func creations(_ sent: TokenCreation) throws {
        #expect(try TokenCreation(sent.request.body ?? []) == sent)
        #expect(sent.request.path == APIPath.tokens && sent.request.method == .post)
    }

    @Test(arguments: [nil, Duration.zero, .seconds(1), .seconds(604_800)])
    func rotations(_ grace: Duration?) throws {
        let sent = TokenRotation("abc012abc012", grace: grace)
        let request = sent.request
        #expect(request.path == "/api/tokens/abc012abc012/rotate")
        #expect(try TokenRotation(id: "abc012abc012", body: request.body ?? []) == sent)
        #expect(try TokenRotation(id: "abc012abc012", body: []).grace == nil)
    }

    @Test func checks() throws {
        let sent = TokenCheck("cbt_x")
        #expect(try TokenCheck(sent.request.body ?? []) == sent)
        #expect(!"\(sent)".contains("cbt_") && sent.request.query.isEmpty)
    }

    @Test(arguments: [
        DenialRequest(.identity("acme:user 1")), DenialRequest(.jti("x"), until: moment, comment: "lost"),
    ])
    func denials(_ sent: DenialRequest) throws {
        #expect(try DenialRequest(sent.request.body ?? []) == sent)
    }

    @Test func accessLogs() throws {
        var sent = AccessLogRequest()
        #expect(try AccessLogRequest(query: sent.request.queryText) == sent)
        (sent.identity, sent.action, sent.type) = ("ci for é&x", "manageTokens", "not-allowed")
        (sent.since, sent.until, sent.limit) = (Self.moment, Timestamp(milliseconds: 0), 7)
        #expect(try AccessLogRequest(query: sent.request.queryText) == sent)
        var next = sent
        next.cursor = "12/ü=&"
        #expect(try PageLink.cursor(sent.link(to: "12/ü=&")) == next.cursor)
        #expect(sent.link(to: "12/ü=&") == "<\(next.request.target)>; rel=\"next\"")
    }

    @Test(arguments: [
        ("90d", Duration.seconds(7_776_000)), ("12h", .seconds(43_200)), ("1m", .seconds(60)), ("2000ms", .seconds(2)),
    ])
    func aDurationIsATextWithAUnitOrSeconds(_ text: String, _ duration: Duration) throws {
        let seconds = duration.components.seconds
        for value in [#""\#(text)""#, "\(seconds)", "\(seconds).0"] {
            let body = #"{"name":"a","grants":["admin:#/*"],"expires_in":\#(value)}"#
            #expect(try TokenCreation(Array(body.utf8)).expiry == .after(duration))
        }
    }

    /// A body and how it is refused.
    struct Refusal: Sendable, CustomTestStringConvertible {
        let body: String
        let type: ProblemType
        var pointer: String?
        var testDescription: String { body }

        init(_ body: String, _ type: ProblemType, _ pointer: String? = nil) {
            (self.body, self.type, self.pointer) = (body, type, pointer)
        }
    }

    @Test(arguments: [
        Refusal("", .invalidJSON, ""), Refusal("[]", .notAnObject),
        Refusal(#"{"name":"a","name":"b"}"#, .invalidJSON, "/name"),
        Refusal(#"{"grants":[]}"#, .invalidField, "/name"), Refusal(#"{"name":"a"}"#, .invalidField, "/grants"),
        Refusal(#"{"name":7,"grants":[]}"#, .invalidField, "/name"),
        Refusal(#"{"name":"a","grants":"admin:#/*"}"#, .invalidField, "/grants"),
        Refusal(#"{"name":"a","grants":["x",7]}"#, .invalidField, "/grants/1"),
        Refusal(#"{"name":"a","grants":[],"rigths":[]}"#, .unknownField, "/rigths"),
        Refusal(#"{"name":"a","grants":[],"expires":"2027-01-01"}"#, .invalidField, "/expires"),
        Refusal(#"{"name":"a","grants":[],"expires":"never","expires_in":"1d"}"#, .invalidField, "/expires"),
        Refusal(#"{"name":"a","grants":[],"expires_in":"1 d"}"#, .invalidField, "/expires_in"),
        Refusal(#"{"name":"a","grants":[],"expires_in":"500ms"}"#, .invalidField, "/expires_in"),
        Refusal(#"{"name":"a","grants":[],"expires_in":0}"#, .invalidField, "/expires_in"),
        Refusal(#"{"name":"a","grants":[],"expires_in":-1}"#, .invalidField, "/expires_in"),
        Refusal(#"{"name":"a","grants":[],"expires_in":1.5}"#, .invalidField, "/expires_in"),
        Refusal(#"{"name":"a","grants":[],"expires_in":9223372036854775807}"#, .invalidField, "/expires_in"),
        Refusal(#"{"name":"a","grants":[],"expires_in":true}"#, .invalidField, "/expires_in"),
        Refusal(#"{"name":"a","grants":[],"token":"cbt_"}"#, .unknownField, "/token"),
    ])
    func aBodyThatMakesNoTokenIsRefusedByItsField(_ refusal: Refusal) {
        expect(refusal) { body throws(Problem) in _ = try TokenCreation(body) }
    }

    @Test(arguments: [
        Refusal("{}", .invalidField, "/identity"),
        Refusal(#"{"identity":"a","jti":"b"}"#, .invalidField, "/jti"),
        Refusal(#"{"identity":"a","until":"tomorrow"}"#, .invalidField, "/until"),
        Refusal(#"{"identity":"a","until":1}"#, .invalidField, "/until"),
        Refusal(#"{"identity":"a","id":"x"}"#, .unknownField, "/id"),
    ])
    func aBodyThatMakesNoDenialIsRefusedByItsField(_ refusal: Refusal) {
        expect(refusal) { body throws(Problem) in _ = try DenialRequest(body) }
    }

    private func expect(_ refusal: Refusal, _ read: ([UInt8]) throws(Problem) -> Void) {
        do throws(Problem) {
            try read(Array(refusal.body.utf8))
            Issue.record("\(refusal.body) was read")
        } catch {
            #expect(error.type == refusal.type && error.pointer == refusal.pointer, "\(error)")
        }
    }

    @Test(arguments: [
        "2026-11-20T21:30:00Z", "2026-11-20T21:30:00.000Z", "2026-11-20t21:30:00.0z", "2026-11-20T22:30:00%2B01:00",
        "2026-11-20T20:00:00.000999-01:30", "2026-11-21T21:29:00%2B23:59",
    ])
    func aMomentIsWrittenAsTheStandardSays(_ encoded: String) throws {
        let text = encoded.replacing("%2B", with: "+")
        let expected = Timestamp(parsing: "2026-11-20T21:30:00.000Z")
        #expect(try DenialRequest(Array(#"{"jti":"a","until":"\#(text)"}"#.utf8)).until == expected)
        #expect(try AccessLogRequest(query: "since=\(encoded)").since == expected)
    }

    @Test(arguments: [
        "limit=0", "limit=1001", "since=2026-11-20", "until=x", "since=2026-11-20T21:30:00%2B24:00",
        "since=2026-11-20T21:30:00.Z", "since=2026-11-20T21:30:00", "since=2026-13-20T21:30:00Z", "limt=1",
        "identity=a&identity=b",
    ])
    func aQueryThatIsWrongIsRefused(_ query: String) {
        do throws(Problem) {
            _ = try AccessLogRequest(query: query)
            Issue.record("\(query) was read")
        } catch {
            #expect(error.type == .invalidParameter)
        }
    }

    @Test func identifiersInPaths() throws {
        #expect(APIPath.token("a/b c") == "/api/tokens/a%2Fb%20c" && APIPath.denial("x") == "/api/denials/x")
        #expect(try AccessID.read("a%2Fb%20c") == "a/b c")
        #expect(throws: Problem.self) { try AccessID.read("%zz") }
        #expect(throws: Problem.self) { try AccessID.read(Substring(String(repeating: "a", count: 65))) }
    }
}
