import ConfigModel
import HTTPTypes
import HummingbirdTesting
import RegistryServer
import Testing

@Suite(.timeLimit(.minutes(1))) struct WatchTests {
    @Test func beginsWithTheHeadsAndGoesOnWithChanges() async throws {
        try await TestServer.run(.live) { client in
            try await client.create("a?environment=prod", #"{"n":1.0}"#)
            try await client.create("b")
            try await client.delete("b")
            try await EventStreamClient.run(port: client.port) { stream in
                #expect(stream.head.hasPrefix("HTTP/1.1 200 OK\r\n"))
                #expect(stream.head.lowercased().contains("content-type: text/event-stream\r\n"))
                #expect(stream.head.lowercased().contains("cache-control: no-store, no-transform\r\n"))
                let frames = try await stream.nextUntilSynced()
                #expect(frames.count == 3)
                #expect(Set(frames.compactMap(\.id)) == ["prod/a@1", "default/b@2"])
                let first = try #require(frames.first { $0.id == "prod/a@1" })
                #expect(first.event == "config.created")
                #expect(try first.configEvent.content?.bytes == Array(#"{"n":1.0}"#.utf8))
                #expect(frames.first { $0.id == "default/b@2" }?.event == "config.deleted")
                let synced = try JSONValue(parsing: frames.last?.data ?? "")
                guard case .object(let object) = synced else { throw ConnectionEnded(rest: synced.description) }
                #expect(object["count"] == 2)
                #expect(object["epoch"] != nil)

                let updated = try await client.update("a?environment=prod", #"{"n":2}"#)
                let frame = try await stream.next()
                #expect(frame.event == "config.updated")
                #expect(frame.id == "prod/a@2")
                let event = try frame.configEvent
                #expect(event.version == 2)
                #expect(JSONValue.string(event.recordHash) == updated["record_hash"])
                #expect(event.content?.bytes == Array(#"{"n":2}"#.utf8))
            }
        }
    }

    @Test func readersThatTakeOtherCharactersForLineEndsGetWholeLinesAndTheSameContent() async throws {
        try await TestServer.run(.live) { client in
            let content = "{\"a\":\"\u{85}\u{2028}x\u{2029}\\r\\u000b\u{feff}\",\"\u{2028}\":1}"
            try await client.create("s", content)
            try await EventStreamClient.run(port: client.port, "/api/watch?service=s") { stream in
                let frame = try await stream.next()
                let data = try #require(frame.data)
                #expect(data.unicodeScalars.allSatisfy { !$0.properties.isWhitespace || $0 == " " })
                #expect(try frame.configEvent.content?.bytes == Array(content.utf8))
            }
        }
    }

    @Test func contentAboveTheInlineLimitIsThereToo() async throws {
        try await TestServer.run(.live) { client in
            let large = #"{"a":""# + String(repeating: "x\\n", count: 100_000) + #""}"#
            try await client.create("s", large)
            try await EventStreamClient.run(port: client.port, "/api/watch?service=s") { stream in
                let event = try await stream.next().configEvent
                #expect(event.content?.bytes == Array(large.utf8))
            }
        }
    }

    @Test func headsThatAreMoreThanAConnectionTakesAtOnceAreToldWhole() async throws {
        var options = RegistryServerOptions()
        // A proof would set going again what stands still.
        options.proofPeriod = .seconds(3_600)
        try await TestServer.run(.live, options: options) { client in
            let text = String(repeating: "x", count: 60_000)
            for number in 0..<60 { try await client.create("s\(number)", #"{"a":"\#(number)\#(text)"}"#) }
            try await EventStreamClient.run(port: client.port) { stream in
                let frames = try await stream.nextUntilSynced()
                #expect(Set(frames.compactMap(\.id)) == Set((0..<60).map { "default/s\($0)@1" }))
                try await client.update("s0", #"{"a":"0"}"#)
                #expect(try await stream.next().id == "default/s0@2")
            }
        }
    }

    @Test(
        arguments: [
            ("?service=a&service=b", ["default/a@1", "prod/a@1", "default/b@1"]), ("?environment=prod", ["prod/a@1"]),
            ("?prefix=t", ["default/t@1", "default/t.u@1"]), ("?service=none", []),
        ] as [(String, Set<String>)])
    func tellsOnlyWhatIsSelected(_ query: String, _ ids: Set<String>) async throws {
        try await TestServer.run(.live) { client in
            for document in ["a", "a?environment=prod", "b", "t", "t.u", "tx"] { try await client.create(document) }
            try await EventStreamClient.run(port: client.port, "/api/watch" + query) { stream in
                let told = try await stream.nextUntilSynced()
                #expect(Set(told.compactMap(\.id)) == ids)
            }
        }
    }

    @Test func whatIsKnownIsNotToldAgain() async throws {
        try await TestServer.run(.live) { client in
            for document in ["a", "b", "c"] { try await client.create(document) }
            try await client.update("b", "{}")
            let known = #"{"a/default":1,"b/default":1,"gone/default":7}"#
            try await EventStreamClient.run(port: client.port, known: known) { stream in
                let told = try await stream.nextUntilSynced()
                #expect(Set(told.compactMap(\.id)) == ["default/b@2", "default/c@1"])
                try await client.update("a", "{}")
                #expect(try await stream.next().id == "default/a@2")
            }
        }
    }

    @Test(arguments: [
        ("[]", "not-an-object"), ("{}", "invalid-field"), (#"{"known":[]}"#, "invalid-field"),
        (#"{"known":{"a/b/c":1}}"#, "invalid-name"), (#"{"known":{"a/b":"1"}}"#, "invalid-field"),
        (#"{"known":{"a/b":-1}}"#, "invalid-field"), (#"{"service":"a"}"#, "unknown-field"),
    ])
    func aBadListOfKnownVersionsIsRefused(_ body: String, _ problem: String) async throws {
        try await TestServer.run { client in
            let answer = try await client.call(.post, "/api/watch", body)
            #expect(answer.problem == problem)
        }
    }

    @Test func aProofComesAgainAndAgain() async throws {
        var options = RegistryServerOptions()
        options.proofPeriod = .milliseconds(20)
        try await TestServer.run(.live, options: options) { client in
            try await EventStreamClient.run(port: client.port) { stream in
                _ = try await stream.nextUntilSynced()
                for _ in 0..<3 {
                    let comment = try #require(try await stream.next().comment)
                    #expect(comment.hasPrefix("proof "))
                    #expect(Int(comment.dropFirst(6)) != nil)
                }
            }
        }
    }

    @Test func manyClientsGetEveryLastVersion() async throws {
        try await TestServer.run(.live) { client in
            try await client.create("s", #"{"n":1}"#)
            let port = client.port
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<50 {
                    group.addTask {
                        try await EventStreamClient.run(port: port) { stream in
                            var last: Int64 = 0
                            while last < 20 {
                                let frame = try await stream.next()
                                guard frame.event != "synced" else { continue }
                                let version = try frame.configEvent.version
                                #expect(version > last)
                                last = version
                            }
                        }
                    }
                }
                for n in 2...20 { try await client.update("s", "{\"n\":\(n)}") }
                try await group.waitForAll()
            }
        }
    }
}
