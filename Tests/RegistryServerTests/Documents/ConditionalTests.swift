import ConfigModel
import HTTPTypes
import Hummingbird
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct ConditionalTests {
    @Test(arguments: [
        ("\"1.2\"", 304), ("W/\"1.2\"", 304), ("\"1.1\", \"1.2\"", 304), ("*", 304), ("\"1.1\"", 200), ("\"2.2\"", 200),
    ])
    func aReaderThatHasTheVersionIsToldSo(_ header: String, _ status: Int) async throws {
        try await TestServer.run { client in
            try await client.create("s", #"{"n":1}"#)
            try await client.update("s", #"{"n":2}"#)
            let answer = try await client.get("/api/configs/s", headers: ["If-None-Match": header])
            #expect(answer.status == status)
            #expect(answer.header("ETag") == "\"1.2\"")
            #expect(answer.text == (status == 304 ? "" : #"{"n":2}"#))
            #expect((answer.header("Content-Length") == nil) == (status == 304))
        }
    }

    @Test(arguments: ["Config-Version", "Config-Hash", "Config-Record-Hash", "Config-Epoch", "Config-Change-Type"])
    func notModifiedProvesTheVersionAsItsContentDoes(_ name: String) async throws {
        try await TestServer.run { client in
            try await client.create("s", #"{"n":1}"#)
            let content = try await client.get("/api/configs/s")
            let known = try await client.get("/api/configs/s", headers: ["If-None-Match": "\"1.1\""])
            #expect(known.header(name) != nil && known.header(name) == content.header(name))
        }
    }

    @Test(arguments: ["no-cache", "max-age=0, No-Cache"])
    func aReaderWhoWantsNoMemoryGetsWhatIsStored(_ header: String) async throws {
        let store = InMemoryVersionStore()
        try await TestServer.run(on: store) { stale in
            try await TestServer.run(on: store) { other in
                try await other.create("s", #"{"n":1}"#)
                #expect(try await stale.get("/api/configs/s").text == #"{"n":1}"#)
                // No event tells the other one: their buses are not connected.
                try await other.update("s", #"{"n":2}"#)
                let answer = try await stale.get("/api/configs/s", headers: ["Cache-Control": header])
                #expect(answer.text == #"{"n":2}"#)
            }
        }
    }

    @Test func aReaderOfADeletedDocumentIsToldTheSameOnce() async throws {
        try await TestServer.run { client in
            try await client.create("s")
            try await client.delete("s")
            #expect(try await client.get("/api/configs/s", headers: ["If-None-Match": "\"1.2\""]).status == 304)
            #expect(try await client.get("/api/configs/s", headers: ["If-None-Match": "*"]).status == 404)
        }
    }

    @Test func equalContentInAnotherVersionIsAnotherETag() async throws {
        try await TestServer.run { client in
            try await client.create("s", #"{"n":1}"#)
            try await client.update("s", #"{"n":2}"#)
            try await client.update("s", #"{"n":1}"#)
            let put = try await client.call(
                .put, "/api/configs/s", #"{"config_data":{"n":5}}"#, headers: ["If-Match": "\"1.1\""])
            #expect(put.status == 412)
            #expect(put.problem == "version-mismatch")
            #expect(put["current_version"] == 3)
            #expect(put.header("ETag") == "\"1.3\"")
        }
    }

    /// Ways to say that version 2 is expected, or version 1.
    static let calls: [(HTTPRequest.Method, String, String?, String)] = [
        (.put, "", #"{"config_data":{"n":9}}"#, "application/json"),
        (.patch, "", #"{"n":9}"#, "application/merge-patch+json"),
        (.delete, "", nil, "application/json"),
        (.post, "/rollback", #"{"to_version":1}"#, "application/json"),
    ]

    @Test(arguments: calls)
    func aWriteThatExpectsAnotherVersionChangesNothing(
        _ method: HTTPRequest.Method, _ path: String, _ body: String?, _ type: String
    ) async throws {
        try await TestServer.run { client in
            try await client.create("s", #"{"n":1}"#)
            try await client.update("s", #"{"n":2}"#)
            let uri = "/api/configs/s\(path)"
            for (uri, headers) in [
                (uri + "?expected_version=1", [:]), (uri, ["If-Match": "\"1.1\""]), (uri, ["If-Match": "\"9.2\""]),
            ] {
                let headers = headers.merging(["Content-Type": type]) { $1 }
                let answer = try await client.call(method, uri, body, headers: headers)
                #expect(answer.status == 412)
                #expect(answer.problem == "version-mismatch")
                #expect(answer["current_version"] == 2)
            }
            #expect(try await client.get("/api/configs/s").header("Config-Version") == "2")
            let headers = ["If-Match": "\"1.2\"", "Content-Type": type]
            #expect(try await client.call(method, uri, body, headers: headers).status == 200)
        }
    }

    @Test func theExpectedVersionMayStandInTheBody() async throws {
        try await TestServer.run { client in
            try await client.create("s")
            let stale = #"{"config_data":{},"expected_version":2}"#
            #expect(try await client.call(.put, "/api/configs/s", stale).status == 412)
            let right = #"{"config_data":{},"expected_version":1}"#
            #expect(try await client.call(.put, "/api/configs/s", right)["version"] == 2)
        }
    }

    @Test func anAsteriskAddsNothingToAnUpdate() async throws {
        try await TestServer.run { client in
            let body = #"{"config_data":{}}"#
            let headers = ["If-Match": "*"]
            #expect(try await client.call(.put, "/api/configs/s", body, headers: headers).problem == "unknown")
            try await client.create("s")
            #expect(try await client.call(.put, "/api/configs/s", body, headers: headers).status == 200)
            #expect(try await client.call(.delete, "/api/configs/s", headers: headers).problem == "invalid-header")
        }
    }

    @Test func aDocumentCannotBeCreatedTwice() async throws {
        try await TestServer.run { client in
            try await client.create("s")
            let answer = try await client.create("s")
            #expect(answer.status == 409)
            #expect(answer.problem == "exists")
            #expect(answer["version"] == 1)
            #expect(answer.header("ETag") == "\"1.1\"")
        }
    }
}
