import ConfigModel
import HTTPTypes
import HummingbirdTesting
import Testing

@Suite(.timeLimit(.minutes(1))) struct HistoryTests {
    private func versions(_ answer: Answer) throws -> [Int64] {
        guard case .array(let records) = try answer.json else { return [] }
        return records.compactMap { record in
            guard case .object(let object) = record, case .number(let number)? = object["version"] else { return nil }
            return number.int64
        }
    }

    @Test func isNewestFirstAndPaged() async throws {
        try await TestServer.run { client in
            try await client.create("s", #"{"n":1}"#)
            for n in 2...12 { try await client.update("s", "{\"n\":\(n)}") }
            let history = "/api/configs/s/history"
            #expect(try await versions(client.get(history)) == Array((3...12).reversed()))
            #expect(try await versions(client.get(history + "?limit=2")) == [12, 11])
            #expect(try await versions(client.get(history + "?limit=3&before_version=3")) == [2, 1])
            #expect(try await versions(client.get(history + "?before_version=1")) == [])
        }
    }

    @Test func aLongOneIsWhole() async throws {
        try await TestServer.run(.live) { client in
            try await client.create("s", #"{"n":1}"#)
            for n in 2...120 { try await client.update("s", "{\"n\":\(n)}") }
            for limit in [49, 50, 51, 100, 119, 120, 121, 1_000] {
                let answer = try await client.get("/api/configs/s/history?limit=\(limit)")
                #expect(try versions(answer) == Array((1...120).reversed().prefix(limit).map(Int64.init)))
            }
        }
    }

    @Test func ofAnUnknownDocumentIsEmpty() async throws {
        try await TestServer.run { client in
            let answer = try await client.get("/api/configs/s/history")
            #expect(answer.status == 200)
            #expect(answer.text == "[]")
        }
    }

    @Test func aVersionIsOneWholeRecord() async throws {
        try await TestServer.run { client in
            let created = try await client.create("s", #"{"n":1}"#)
            try await client.update("s", #"{"n":2}"#)
            let answer = try await client.get("/api/configs/s/versions/1")
            #expect(answer.text == created.text)
            #expect(answer.header("ETag") == "\"1.1\"")
        }
    }

    @Test func theDifferenceIsOfTheLastTwoVersionsUnlessNamed() async throws {
        try await TestServer.run { client in
            try await client.create("s", #"{"gone":1,"same":1,"deep":{"a":1}}"#)
            try await client.update("s", #"{"same":1,"deep":{"a":2},"new":[1.0]}"#)
            try await client.update("s", #"{"same":2}"#)
            let named = try await client.get("/api/configs/s/diff?old_version=1&new_version=2")
            #expect(
                named.text == #"{"service_name":"s","environment":"default","old_version":1,"new_version":2,"#
                    + #""added":{"new":[1.0]},"removed":{"gone":1},"changed":{"deep":{"old":{"a":1},"new":{"a":2}}},"#
                    + #""patch":[{"op":"replace","path":"/deep/a","value":2},{"op":"remove","path":"/gone"},"#
                    + #"{"op":"add","path":"/new","value":[1.0]}]}"#)
            let last = try await client.get("/api/configs/s/diff")
            #expect(last["old_version"] == 2)
            #expect(last["new_version"] == 3)
        }
    }

    @Test func theFirstVersionIsComparedWithNothing() async throws {
        try await TestServer.run { client in
            try await client.create("s", #"{"n":1}"#)
            let answer = try await client.get("/api/configs/s/diff")
            #expect(answer["old_version"] == 0)
            #expect(answer["added"]?.description == #"{"n":1}"#)
            #expect(try await client.get("/api/configs/t/diff").problem == "unknown")
        }
    }

    @Test func aRollbackPublishesTheOldContentAsTheNextVersion() async throws {
        try await TestServer.run { client in
            try await client.create("s", #"{"n":1}"#)
            try await client.update("s", #"{"n":2}"#)
            try await client.delete("s")
            let body = #"{"to_version":2,"comment":"back","created_by":"ann"}"#
            let answer = try await client.call(.post, "/api/configs/s/rollback", body)
            #expect(answer.status == 200)
            #expect(answer["version"] == 4)
            #expect(answer["restored_from"] == 2)
            #expect(answer["comment"] == "back")
            #expect(try await client.get("/api/configs/s").text == #"{"n":2}"#)
            let tombstone = try await client.call(.post, "/api/configs/s/rollback", #"{"to_version":3}"#)
            #expect(tombstone.status == 422)
            #expect(tombstone.problem == "rollback-to-tombstone")
            let missing = try await client.call(.post, "/api/configs/s/rollback", #"{"to_version":9}"#)
            #expect(missing.problem == "unknown-version")
        }
    }
}
