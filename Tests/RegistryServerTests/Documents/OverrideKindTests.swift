import ConfigModel
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

/// Which overrides are taken where, and what they let pass.
@Suite(.timeLimit(.minutes(1))) struct OverrideKindTests {
    /// What can never let anything pass in a document's write: its accepted ones are named.
    @Test(arguments: ["secret:x", "secret:/~5", "secret:1:/a", "secret:02:comment", "secret:2:", "schema-breaks"])
    func whatCanLetNothingPassIsABadRequest(name: String) async throws {
        try await TestServer.run { client in
            try await client.create("s")
            let list = #","override":["\#(name)"]}"#
            for (method, path, body) in [
                (HTTPRequest.Method.put, "/api/configs/s", #"{"config_data":{}"#),
                (.post, "/api/configs/s/rollback", #"{"to_version":1"#),
                (.post, "/api/configs/s/promote?environment=prod", #"{"from_environment":"default""#),
                (.post, "/api/configs/s/validate", #"{"config_data":{}"#),
                (.post, "/api/changesets", #"{"documents":[{"service_name":"s","config_data":{}}]"#),
            ] {
                let answer = try await client.call(method, path, body + list)
                #expect(answer.status == 400 && answer.problem == "invalid-override", "\(path): \(answer.text)")
                #expect(answer.detail.contains("blast-radius, schema"), "\(path): \(answer.text)")
            }
            let deletion = try await client.call(.delete, "/api/configs/s?override=\(name)")
            #expect(deletion.status == 400 && deletion.problem == "invalid-override", "\(deletion.text)")
            #expect(try await client.get("/api/configs/s").header("Config-Version") == "1")
        }
    }

    @Test(arguments: ["schema", "blast-radius", "secret:/a"])
    func whatIsForDocumentsIsNoneForASchema(name: String) async throws {
        try await TestServer.run { client in
            let answer = try await client.call(
                .put, "/api/configs/s/schema", #"{"schema":{},"override":["\#(name)"]}"#)
            #expect(answer.status == 400 && answer.problem == "invalid-override", "\(answer.text)")
            #expect(answer.detail.contains("schema-breaks, secret:comment or secret:created_by"), "\(answer.text)")
        }
    }

    @Test func aSetTakesWhatOneOfItsMembersTakes() async throws {
        try await TestServer.run { client in
            let documents = [#"{"service_name":"s","schema":{}}"#, #"{"service_name":"s","config_data":{}}"#]
            let both = #","override":["schema-breaks","blast-radius","secret:2:comment"]"#
            let answer = try await client.publishSet(documents, more: both)
            #expect(answer.status == 201, "\(answer.text)")
            for document in documents {
                let alone = try await client.publishSet([document], more: both)
                #expect(alone.problem == "invalid-override", "\(alone.text)")
            }
        }
    }

    @Test(arguments: TestStore.available)
    func aFurtherSecretAtTheSamePlaceIsStillFound(store: TestStore) async throws {
        try await TestServer.run(on: store) { client in
            let (first, second) = ("sk_live_" + "5Hq8Zr2Vx7Lk9Pm4Tn6W", "sk_live_" + "8Zr2Vx7Lk9Pm4Tn6W5Hq")
            func publish(_ comment: String, _ override: String) async throws -> Answer {
                try await client.call(
                    .post, "/api/configs/s",
                    #"{"config_data":{},"comment":"\#(comment)","override":["\#(override)"]}"#)
            }
            let seen = try await publish("\(first) \(second)", "secret:comment")
            #expect(seen.problem == "checks-failed", "\(seen.text)")
            #expect(seen.objects("findings").first?["override"] == "secret:2:comment", "\(seen.text)")
            let made = try await publish("\(first) \(second)", "secret:2:comment")
            #expect(made.status == 201 && made["overrides"] == #"["secret:2:comment"]"#, "\(made.text)")
        }
    }

    /// What needs longer overrides than a write may have cannot be let pass, and is told so.
    @Test func aVersionThatNeedsTooManyOverridesIsSaidToNeedCorrection() async throws {
        try await TestServer.run { client in
            func content(_ count: Int) -> String {
                let name = String(repeating: "n", count: 200)
                return "{"
                    + (1...count).map { #""\#(name)\#($0)":{"password":"hunter2-and-more"}"# }.joined(separator: ",")
                    + "}"
            }
            let few = try await client.create("s", content(15))
            #expect(few.detail.contains("repeat the request with the override"), "\(few.detail)")
            let many = try await client.create("s", content(20))
            #expect(many.problem == "checks-failed" && many.detail.contains("cannot be let pass"), "\(many.detail)")
            #expect(!many.detail.contains("repeat the request"))
            let names = many.objects("findings").compactMap { $0["override"]?.description }.joined(separator: ",")
            let named = try await client.call(
                .post, "/api/configs/s", #"{"config_data":\#(content(20)),"override":[\#(names)]}"#)
            #expect(named.problem == "invalid-override" && named.detail.contains("cannot be stored"), "\(named.text)")
        }
    }
}
