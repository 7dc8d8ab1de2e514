import HTTPTypes
import Testing

@Suite(.timeLimit(.minutes(1))) struct PatchTests {
    private static let old = #"{"a":{"x":1,"y":2},"b":[1,2],"c":1.0}"#

    @Test(arguments: [
        ("application/merge-patch+json", #"{"a":{"x":null,"z":3},"b":[9]}"#, #"{"a":{"y":2,"z":3},"b":[9],"c":1.0}"#),
        (
            "application/json-patch+json", #"[{"op":"add","path":"/b/-","value":3}]"#,
            #"{"a":{"x":1,"y":2},"b":[1,2,3],"c":1.0}"#
        ),
        (
            "application/json-patch+json", #"[{"op":"test","path":"/c","value":1.0},{"op":"remove","path":"/a"}]"#,
            #"{"b":[1,2],"c":1.0}"#
        ),
    ])
    func theNextVersionIsWhatThePatchMakesOfTheHead(_ type: String, _ patch: String, _ new: String) async throws {
        try await TestServer.run { client in
            try await client.create("s", Self.old)
            let answer = try await client.call(
                .patch, "/api/configs/s?comment=less+%2B+more&created_by=ann", patch, headers: ["Content-Type": type])
            #expect(answer.status == 200)
            #expect(answer["version"] == 2)
            #expect(answer["comment"] == "less + more")
            #expect(answer["created_by"] == "ann")
            #expect(try await client.get("/api/configs/s").text == new)
        }
    }

    @Test(arguments: [
        ("application/merge-patch+json", "[]", 422, "not-an-object"),
        ("application/merge-patch+json", "{", 400, "invalid-json"),
        ("application/json-patch+json", "{}", 422, "invalid-patch"),
        ("application/json-patch+json", #"[{"op":"jump","path":"/a"}]"#, 422, "invalid-patch"),
        ("application/json-patch+json", #"[{"op":"remove","path":"/nope"}]"#, 422, "invalid-patch"),
        ("application/json-patch+json", #"[{"op":"test","path":"/c","value":1.5}]"#, 422, "invalid-patch"),
        ("application/json-patch+json", #"[{"op":"replace","path":"","value":[]}]"#, 422, "invalid-patch"),
    ])
    func aPatchThatDoesNotFitChangesNothing(
        _ type: String, _ patch: String, _ status: Int, _ problem: String
    ) async throws {
        try await TestServer.run { client in
            try await client.create("s", Self.old)
            let answer = try await client.call(.patch, "/api/configs/s", patch, headers: ["Content-Type": type])
            #expect(answer.status == status)
            #expect(answer.problem == problem)
            #expect(try await client.get("/api/configs/s").header("Config-Version") == "1")
        }
    }

    @Test func aDocumentThatIsNotThereCannotBePatched() async throws {
        try await TestServer.run { client in
            let headers = ["Content-Type": "application/merge-patch+json"]
            #expect(try await client.call(.patch, "/api/configs/s", "{}", headers: headers).problem == "unknown")
            try await client.create("s")
            try await client.delete("s")
            #expect(try await client.call(.patch, "/api/configs/s", "{}", headers: headers).problem == "deleted")
        }
    }
}
