import ConfigModel
import HummingbirdTesting
import Testing

@Suite(.timeLimit(.minutes(1))) struct WaitTests {
    /// The response to a call that waits, while another task changes something.
    private func answer(
        _ client: any TestClientProtocol, _ uri: String, headers: [String: String] = [:],
        meanwhile change: @escaping @Sendable () async throws -> Void
    ) async throws -> Answer {
        async let answer = client.get(uri, headers: headers)
        try await change()
        return try await answer
    }

    @Test func theAnswerComesWithTheNextVersion() async throws {
        try await TestServer.run { client in
            try await client.create("s", #"{"n":1}"#)
            let headers = ["If-None-Match": "\"1.1\""]
            let answer = try await answer(client, "/api/configs/s?wait=60s", headers: headers) {
                try await client.update("s", #"{"n":2}"#)
            }
            #expect(answer.text == #"{"n":2}"#)
        }
    }

    @Test func theAnswerComesWithTheDeletion() async throws {
        try await TestServer.run { client in
            try await client.create("s")
            let headers = ["If-None-Match": "\"1.1\""]
            let answer = try await answer(client, "/api/configs/s?wait=60s", headers: headers) {
                try await client.delete("s")
            }
            #expect(answer.problem == "deleted")
        }
    }

    @Test func theAnswerComesWithTheCreation() async throws {
        try await TestServer.run { client in
            let answer = try await answer(client, "/api/configs/s?wait=60s") {
                try await client.create("s", #"{"n":1}"#)
            }
            #expect(answer.text == #"{"n":1}"#)
        }
    }

    @Test func theAnswerComesWithTheWantedVersion() async throws {
        try await TestServer.run { client in
            try await client.create("s")
            let answer = try await answer(client, "/api/configs/s?wait=60s&min_version=4") {
                for n in 2...4 {
                    let update = try await client.update("s", "{\"n\":\(n)}")
                    #expect(update.status == 200)
                }
            }
            #expect(answer.text == #"{"n":4}"#)
        }
    }

    @Test func afterTheTimeTheAnswerIsWhatThereIs() async throws {
        try await TestServer.run { client in
            try await client.create("s")
            let same = ["If-None-Match": "\"1.1\""]
            #expect(try await client.get("/api/configs/s?wait=10ms", headers: same).status == 304)
            #expect(try await client.get("/api/configs/t?wait=10ms").problem == "unknown")
            let behind = try await client.get("/api/configs/s?wait=10ms&min_version=2")
            #expect(behind.status == 503)
            #expect(behind.problem == "behind")
            #expect(behind.header("Retry-After") == "1")
        }
    }

    @Test func aReaderWithOldNewsIsAnsweredAtOnce() async throws {
        try await TestServer.run { client in
            try await client.create("s")
            #expect(try await client.get("/api/configs/s?wait=60s").status == 200)
            let old = ["If-None-Match": "\"1.9\""]
            #expect(try await client.get("/api/configs/s?wait=60s", headers: old).status == 200)
        }
    }

    @Test func aVersionFarAboveTheHeadIsNotWaitedFor() async throws {
        try await TestServer.run { client in
            let created = try await client.create("s")
            #expect(try await client.get("/api/configs/s?min_version=5000").problem == "behind")
            guard case .string(let epoch)? = created["epoch"] else { return }
            let next = "2" + epoch.dropFirst()
            #expect(try await client.get("/api/configs/s?epoch=\(next)").problem == "foreign-epoch")
            #expect(try await client.get("/api/configs/s?epoch=\(epoch)&min_version=1").status == 200)
        }
    }
}
