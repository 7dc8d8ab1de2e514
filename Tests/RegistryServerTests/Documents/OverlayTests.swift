import Testing

@Suite(.timeLimit(.minutes(1))) struct OverlayTests {
    private static let uri = "/api/configs/s?environment=prod&overlay=true"

    @Test func theEnvironmentLiesOverTheDefault() async throws {
        try await TestServer.run { client in
            try await client.create("s", #"{"a":{"x":1.0,"y":2},"b":1}"#)
            try await client.create("s?environment=prod", #"{"a":{"x":null,"z":3},"c":1}"#)
            try await client.update("s?environment=prod", #"{"a":{"y":null,"z":3},"c":2}"#)
            let answer = try await client.get(Self.uri)
            #expect(answer.text == #"{"a":{"x":1.0,"z":3},"b":1,"c":2}"#)
            #expect(answer.header("Config-Version") == "2")
            #expect(answer.header("Config-Default-Version") == "1")
            #expect(answer.header("ETag") == "\"1.2.1\"")
            #expect(try await client.get(Self.uri, headers: ["If-None-Match": "\"1.2.1\""]).status == 304)
            #expect(try await client.get(Self.uri, headers: ["If-None-Match": "\"1.2\""]).status == 200)
        }
    }

    @Test func oneOfTheTwoIsEnough() async throws {
        try await TestServer.run { client in
            #expect(try await client.get(Self.uri).problem == "unknown")
            try await client.create("s", #"{"a":1}"#)
            let base = try await client.get(Self.uri)
            #expect(base.text == #"{"a":1}"#)
            #expect(base.header("Config-Version") == "0")
            #expect(base.header("Config-Default-Version") == "1")
            try await client.create("s?environment=prod", #"{"b":1}"#)
            try await client.delete("s")
            let own = try await client.get(Self.uri)
            #expect(own.text == #"{"b":1}"#)
            #expect(own.header("Config-Version") == "1")
            #expect(own.header("Config-Default-Version") == "0")
            try await client.delete("s?environment=prod")
            #expect(try await client.get(Self.uri).problem == "deleted")
        }
    }
}
