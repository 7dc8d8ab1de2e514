import ConfigModel
import ConfigRegistry
import Dispatch
import HTTPTypes
import HummingbirdTesting
import Synchronization
import Testing

@testable import RegistryServer

/// Small requests that would keep the server busy for minutes.
@Suite(.timeLimit(.minutes(1))) struct WorkLimitTests {
    private static let jsonPatch = ["Content-Type": "application/json-patch+json"]

    /// Little is allowed, so that little has to be done to see that it is refused.
    private static var options: RegistryServerOptions {
        var options = RegistryServerOptions()
        options.maximumWork = 200_000
        return options
    }

    private static func list(_ count: Int, _ element: String) -> String {
        "[" + repeatElement(element, count: count).joined(separator: ",") + "]"
    }

    static let bombs: [(content: String, operation: String)] = [
        (
            #"{"a":\#(list(30_000, "0"))}"#,
            #"{"op":"add","path":"/a/0","value":1},{"op":"remove","path":"/a/0"}"#
        ),
        (
            #"{"a":{},"b":\#(list(30_000, "0"))}"#,
            #"{"op":"move","from":"/b","path":"/a/b"},{"op":"move","from":"/a/b","path":"/b"}"#
        ),
    ]

    /// Another version, which is no work.
    private static let empty = #"{"config_data":{},"override":["blast-radius"]}"#

    @Test(arguments: bombs)
    func aPatchThatCostsTooMuchIsRefusedAndChangesNothing(_ content: String, _ operation: String) async throws {
        try await TestServer.run(options: Self.options) { client in
            #expect(try await client.create("s", content).status == 201)
            let answer = try await client.call(
                .patch, "/api/configs/s", Self.list(1_000, operation), headers: Self.jsonPatch)
            #expect(answer.status == 422)
            #expect(answer.problem == "too-much-work")
            #expect(try await client.get("/api/configs/s").header("Config-Version") == "1")
            #expect(try await client.call(.put, "/api/configs/s", Self.empty).status == 200)
        }
    }

    @Test func aDifferenceThatCostsTooMuchIsRefused() async throws {
        try await TestServer.run(options: Self.options) { client in
            let key = String(repeating: "k", count: 200_000)
            for (n, method) in [(1, HTTPRequest.Method.post), (2, .put)] {
                let members = (0..<200).map { "\"\($0)\":\(n)" }.joined(separator: ",")
                let body = #"{"config_data":{"\#(key)":{\#(members)}}}"#
                #expect(try await client.call(method, "/api/configs/s", body).status < 300)
            }
            let answer = try await client.get("/api/configs/s/diff")
            #expect(answer.status == 422)
            #expect(answer.problem == "too-much-work")
        }
    }

    /// What merges visits each member of both sides.
    @Test(
        arguments: [
            (HTTPRequest.Method.patch, "/api/configs/s?environment=prod", "large"),
            (.patch, "/api/configs/s?environment=prod", #"{"a":1}"#),
            (.get, "/api/configs/s?environment=prod&overlay=true", nil),
        ] as [(HTTPRequest.Method, String, String?)])
    func whatMakesAContentOfOthersIsRefusedWhenItCostsTooMuchAndChangesNothing(
        _ method: HTTPRequest.Method, _ path: String, _ body: String?
    ) async throws {
        var options = RegistryServerOptions()
        options.maximumWork = 1_000
        try await TestServer.run(options: options) { client in
            let large = "{" + (0..<2_000).map { "\"k\($0)\":\($0)" }.joined(separator: ",") + "}"
            #expect(try await client.create("s", large).status == 201)
            #expect(try await client.create("s?environment=prod", large).status == 201)
            let answer = try await client.call(
                method, path, body == "large" ? large : body,
                headers: body == nil ? [:] : ["Content-Type": "application/merge-patch+json"])
            #expect(answer.status == 422)
            #expect(answer.problem == "too-much-work")
            #expect(try await client.get("/api/configs/s?environment=prod").header("Config-Version") == "1")
        }
    }

    @Test func thePiecesOfWorkOfOneRequestHaveOneDeadlineAfterWhichNoOtherOneBegins() async throws {
        let work = ContentWork(timeLimit: .milliseconds(50)).forRequest(on: nil)
        await #expect(throws: WorkLimit.ended) {
            try await work.run(1 << 20) { budget in while true { try budget.check() } }
        }
        await #expect(throws: RegistryError.overloaded) {
            try await work.run(1 << 20) { _ in Issue.record("it began") }
        }
    }

    @Test func workForAClientThatHasLeftIsGivenUpAlsoWhenItHasNotBegun() async throws {
        try await TestServer.run(.live) { client in
            #expect(try await client.create("s", Self.bombs[0].content).status == 201)
            let patch = Self.list(10_000, Self.bombs[0].operation)
            try await RawConnection.run(port: client.port) { connection in
                try await connection.write(
                    "PATCH /api/configs/s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json-patch+json\r\n"
                        + "Content-Length: \(patch.utf8.count)\r\n\r\n\(patch)")
            }
            // The next write waits for its turn behind the one that was begun.
            #expect(try await client.call(.put, "/api/configs/s", Self.empty).status == 200)
        }
    }

    @Test func asMuchWorkIsDoneAtATimeAsIsAllowedTheRestWaitsAndWhatIsTooMuchIsRefused() async throws {
        let work = ContentWork(width: 2)
        let mayEnd = DispatchSemaphore(value: 0)
        let running = Running()
        let outcomes = await withTaskGroup(of: String.self) { group in
            for _ in 0..<300 {
                group.addTask {
                    let result = await Result {
                        try await work.forRequest(on: nil).run(1 << 20) { _ in
                            let count = running.count.add(1, ordering: .sequentiallyConsistent).newValue
                            mayEnd.wait()
                            running.count.subtract(1, ordering: .sequentiallyConsistent)
                            return count
                        }
                    }
                    return switch result {
                    case .success(let count): count <= 2 ? "done" : "too many at once"
                    case .failure(RegistryError.overloaded): "refused"
                    case .failure(let error): "\(error)"
                    }
                }
            }
            // Two are done and 256 wait, so that the others are refused before any of those ends.
            var outcomes: [String] = []
            for await outcome in group {
                outcomes.append(outcome)
                if outcomes.count == 42 { for _ in 0..<258 { mayEnd.signal() } }
            }
            return outcomes
        }
        #expect(outcomes.prefix(42).allSatisfy { $0 == "refused" })
        #expect(outcomes.dropFirst(42).allSatisfy { $0 == "done" })
    }
}

extension Result where Failure == any Error {
    fileprivate init(_ body: () async throws -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
}

private final class Running: Sendable {
    let count = Atomic(0)
}
