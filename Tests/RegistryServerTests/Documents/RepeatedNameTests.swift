import ConfigModel
import HTTPTypes
import HummingbirdTesting
import Testing

/// What a refusal says of names that the caller sent: those that look like secrets are not repeated.
@Suite(.timeLimit(.minutes(1))) struct RepeatedNameTests {
    /// A request with `NAME` somewhere.
    struct Place: Sendable, CustomTestStringConvertible {
        let what: String
        var method = HTTPRequest.Method.post
        var path = "/api/configs/new"
        var body: String?
        var type = "application/json"

        var testDescription: String { what }

        func send(_ name: String, _ client: any TestClientProtocol) async throws -> Answer {
            try await client.call(
                method, path.replacing("NAME", with: name.replacing("/", with: "%2F")),
                body?.replacing("NAME", with: name),
                headers: body == nil ? [:] : ["Content-Type": type])
        }
    }

    private static func patch(_ what: String, _ operation: String) -> Place {
        Place(
            what: what, method: .patch, path: "/api/configs/s", body: "[\(operation)]",
            type: "application/json-patch+json")
    }

    private static func schema(_ what: String, _ schema: String) -> Place {
        Place(what: what, method: .put, path: "/api/configs/s/schema", body: #"{"schema":\#(schema)}"#)
    }

    private static func member(_ what: String, _ document: String) -> Place {
        Place(what: what, path: "/api/changesets", body: #"{"documents":[\#(document)]}"#)
    }

    private static let deep = String(repeating: "[", count: 70) + String(repeating: "]", count: 70)

    /// Places of which a refusal repeats the name.
    static let repeated: [Place] = [
        Place(what: "a key that occurs twice", body: #"{"config_data":{"a":{"NAME":1,"NAME":2}}}"#),
        Place(what: "above a syntax error", body: #"{"config_data":{"NAME":{"a":x}}}"#),
        Place(what: "above a content that is too deep", body: #"{"config_data":{"NAME":\#(deep)}}"#),
        Place(what: "an unknown field", body: #"{"config_data":{},"NAME":1}"#),
        Place(what: "an override", body: #"{"config_data":{},"override":["NAME"]}"#),
        Place(what: "a parameter", method: .get, path: "/api/configs/s?NAME=1"),
        Place(what: "a service", method: .get, path: "/api/configs/NAME"),
        Place(what: "an environment", method: .get, path: "/api/configs/s?environment=NAME"),
        patch("a path of a patch", #"{"op":"remove","path":"/NAME"}"#),
        patch("a place of a patch", #"{"op":"replace","path":"/a/NAME/b","value":1}"#),
        patch("a test of a patch", #"{"op":"test","path":"/a/NAME","value":1}"#),
        patch("a path that is no pointer", #"{"op":"remove","path":"NAME"}"#),
        schema("above a wrong part of a schema", #"{"properties":{"NAME":{"type":17}}}"#),
        schema("a reference", ##"{"$ref":"#/$defs/NAME"}"##),
        schema("a draft", #"{"$schema":"https://NAME"}"#),
        member("a service of a set", #"{"service_name":"NAME","merge_patch":{}}"#),
        member("an unknown field of a set", #"{"service_name":"s","config_data":{},"NAME":1}"#),
        member("a path of a set", #"{"service_name":"s","patch":[{"op":"remove","path":"/NAME"}]}"#),
        member("a part of a schema in a set", #"{"service_name":"s","schema":{"properties":{"NAME":{"type":1}}}}"#),
    ]

    /// Places of which it never does, or not always.
    static let others: [Place] = [
        Place(what: "a value", body: #"{"config_data":{},"comment":["NAME"]}"#),
        Place(
            what: "a value that a patch tests", method: .patch, path: "/api/configs/s",
            body: #"[{"op":"test","path":"/a","value":"NAME"}]"#, type: "application/json-patch+json"),
        Place(
            what: "an environment of a promotion", path: "/api/configs/s/promote", body: #"{"from_environment":"NAME"}"#
        ),
        Place(what: "a media type", method: .patch, path: "/api/configs/s", body: "{}", type: "text/NAME"),
        Place(what: "a number", method: .get, path: "/api/configs?limit=NAME"),
        Place(what: "a path", method: .get, path: "/api/NAME"),
        Place(what: "a change set", method: .get, path: "/api/changesets/NAME"),
        Place(what: "checks", method: .put, path: "/api/configs/s/schema", body: #"{"schema":{},"checks":"NAME"}"#),
        schema("a type", #"{"type":"NAME"}"#), schema("a pattern", #"{"pattern":"(NAME"}"#),
        member("an environment of a set", #"{"service_name":"s","environment":"NAME","merge_patch":{}}"#),
    ]

    @Test(arguments: repeated + others, ["", "postgres://app:", "postgres:~1~1app:"])
    func isNotSaidWhenItLooksLikeASecret(place: Place, before: String) async throws {
        try await TestServer.run { client in
            try await client.create("s", #"{"a":{"b":1}}"#)
            let secret = before.isEmpty ? "AK" + "IA" + "Q7XW4RT5YUZ2LMNO" : "k7Qm4Zt9xPw2"
            let answer = try await place.send(before.isEmpty ? secret : "\(before)\(secret)@db", client)
            #expect(answer.status >= 400 && answer.problem != nil, "\(answer.text)")
            #expect(!answer.text.contains(secret), "\(answer.text)")
        }
    }

    @Test func isNotSaidInAFindingOfAChangeThatIsRefused() async throws {
        try await TestServer.run { client in
            let name = "postgres://app:k7Qm4Zt9xPw2@db/x"
            let create = #"{"config_data":{"\#(name)":1},"override":["secret:/***"]}"#
            #expect(try await client.call(.post, "/api/configs/new", create).status == 201)
            let answer = try await client.call(.put, "/api/configs/new", #"{"config_data":{"\#(name)":null}}"#)
            #expect(answer.problem == "checks-failed" && answer.text.contains("/***"), "\(answer.text)")
            #expect(!answer.text.contains("k7Qm4Zt9xPw2"), "\(answer.text)")
        }
    }

    @Test func isNotSaidOfOneDocumentAmongSeveral() async throws {
        try await TestServer.run { client in
            let secret = "AK" + "IA" + "Q7XW4RT5YUZ2LMNO"
            let answer = try await client.call(
                .post, "/api/configs:batchGet",
                #"{"documents":[{"service_name":"\#(secret)"},{"service_name":"ordinary-name"}]}"#)
            #expect(answer.status == 200 && answer.text.contains("no document ordinary-name/default"), "\(answer.text)")
            #expect(
                !answer.detail.contains(secret) && answer.text.contains("no document ***/default"), "\(answer.text)")
        }
    }

    @Test(arguments: repeated)
    func isSaidOtherwise(place: Place) async throws {
        try await TestServer.run { client in
            try await client.create("s", #"{"a":{"b":1}}"#)
            let answer = try await place.send("an.ordinary-name", client)
            #expect(answer.status >= 400 && answer.text.contains("an.ordinary-name"), "\(answer.text)")
        }
    }
}
