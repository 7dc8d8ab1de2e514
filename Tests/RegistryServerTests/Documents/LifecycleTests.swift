import ConfigModel
import HTTPTypes
import HummingbirdTesting
import Testing

@Suite(.timeLimit(.minutes(1))) struct LifecycleTests {
    @Test func aCreatedDocumentIsAnsweredAsAWholeRecord() async throws {
        try await TestServer.run { client in
            let body = #"{"config_data":{"b":1.0,"a":18446744073709551617},"comment":"first","created_by":"ann"}"#
            let answer = try await client.call(.post, "/api/configs/parsing?environment=prod", body)
            #expect(answer.status == 201)
            #expect(answer["version"] == 1)
            #expect(answer["change_type"] == "created")
            #expect(answer["created_by"] == "ann")
            #expect(answer["comment"] == "first")
            #expect(answer["service_name"] == "parsing")
            #expect(answer["environment"] == "prod")
            #expect(answer.text.contains(#""config_data":{"a":18446744073709551617,"b":1.0},"#))
            #expect(answer.header("ETag") == "\"1.1\"")
            #expect(answer.header("Config-Version") == "1")
            #expect(answer.header("Location") == "/api/configs/parsing?environment=prod")
            #expect(answer.header("Idempotency-Key")?.utf8.count == 36)
        }
    }

    @Test func theContentComesBackBareWithItsFactsInTheHeaders() async throws {
        let given = #"{ "u":"\u00e9\ud83d\ude00", "b":1.0, "":2, "f":-0, "e":1E400, "s":"a\/b", "$date":{"x":null} }"#
        let canonical =
            "{\"\":2,\"$date\":{\"x\":null},\"b\":1.0,\"e\":1E400,\"f\":-0,\"s\":\"a/b\",\"u\":\"\u{e9}\u{1F600}\"}"
        try await TestServer.run { client in
            let created = try await client.create("parsing", given)
            let answer = try await client.get("/api/configs/parsing")
            #expect(answer.status == 200)
            #expect(answer.text == canonical)
            #expect(answer.header("Content-Type") == "application/json")
            #expect(answer.header("Content-Length") == String(canonical.utf8.count))
            #expect(answer.header("Cache-Control") == "no-cache")
            #expect(answer.header("ETag") == "\"1.1\"")
            #expect(answer.header("Config-Version") == "1")
            #expect(answer.header("Config-Hash") == Content(canonical: Array(canonical.utf8)).hash)
            #expect(answer.header("Config-Record-Hash").map(JSONValue.string) == created["record_hash"])
            #expect(answer.header("Config-Epoch").map(JSONValue.string) == created["epoch"])
            #expect(answer.header("Config-Change-Type") == "created")
            #expect(answer.header("Config-Record-Epoch") == nil)
            #expect(answer.header("Last-Modified")?.hasSuffix(" GMT") == true)
        }
    }

    @Test func environmentsAreSeparateAndDefaultIsTheDefault() async throws {
        try await TestServer.run { client in
            try await client.create("s?environment=prod", #"{"e":"prod"}"#)
            try await client.create("s", #"{"e":"default"}"#)
            #expect(try await client.get("/api/configs/s?environment=prod").text == #"{"e":"prod"}"#)
            #expect(try await client.get("/api/configs/s?environment=default").text == #"{"e":"default"}"#)
            #expect(try await client.get("/api/configs/s?environment=dev").problem == "unknown")
        }
    }

    @Test func anUpdateIsTheNextVersion() async throws {
        try await TestServer.run { client in
            try await client.create("s", #"{"n":1}"#)
            let answer = try await client.update("s", #"{"n":2}"#)
            #expect(answer.status == 200)
            #expect(answer["version"] == 2)
            #expect(answer["change_type"] == "updated")
            #expect(try await client.get("/api/configs/s").text == #"{"n":2}"#)
            #expect(try await client.get("/api/configs/s?version=1").text == #"{"n":1}"#)
        }
    }

    @Test func aDeletionIsAVersionAndTheNumbersGoOn() async throws {
        try await TestServer.run { client in
            try await client.create("s", #"{"n":1}"#)
            let deletion = try await client.delete("s?comment=no+longer+used&created_by=ann")
            #expect(deletion.status == 200)
            #expect(deletion.text == #"{"deleted":1,"version":2}"#)
            let tombstone = try await client.get("/api/configs/s/versions/2")
            #expect(tombstone["comment"] == "no longer used")
            #expect(tombstone["created_by"] == "ann")
            #expect(tombstone.text.contains(#""config_data":{},"#))
            #expect(try await client.delete("s").text == #"{"deleted":0}"#)
            #expect(try await client.delete("never").text == #"{"deleted":0}"#)
            let again = try await client.create("s", #"{"n":3}"#)
            #expect(again.status == 201)
            #expect(again["version"] == 3)
            #expect(again["change_type"] == "created")
        }
    }

    @Test func aDeletedDocumentIsNeverTakenForAnUnknownOne() async throws {
        try await TestServer.run { client in
            let created = try await client.create("s")
            try await client.delete("s")
            let answer = try await client.get("/api/configs/s")
            #expect(answer.status == 404)
            #expect(answer.problem == "deleted")
            #expect(answer["version"] == 2)
            #expect(answer["epoch"] == created["epoch"])
            #expect(answer.header("ETag") == "\"1.2\"")
            #expect(answer.header("Config-Change-Type") == "deleted")
            #expect(answer.header("Config-Hash") == Content.empty.hash)
            #expect(answer.header("Config-Record-Hash")?.hasPrefix("sha256:") == true)
            #expect(try await client.get("/api/configs/s?version=2").problem == "deleted")
            #expect(try await client.get("/api/configs/t").problem == "unknown")
        }
    }

    @Test func aHeadRequestIsAnsweredWithoutABody() async throws {
        try await TestServer.run(.live) { client in
            try await client.create("s", #"{"n":1}"#)
            let answer = try await client.call(.head, "/api/configs/s")
            #expect(answer.status == 200)
            #expect(answer.header("ETag") == "\"1.1\"")
            #expect(answer.header("Content-Length") == "7")
            #expect(answer.text.isEmpty)
        }
    }

    @Test func whoeverMakesAChangeWithoutANameIsAnonymous() async throws {
        try await TestServer.run { client in
            let answer = try await client.call(.post, "/api/configs/s", #"{"config_data":{}}"#)
            #expect(answer["created_by"] == "anonymous")
            #expect(answer["comment"] == "")
        }
    }
}
