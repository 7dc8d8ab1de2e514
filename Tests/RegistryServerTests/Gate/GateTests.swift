import ConfigAccess
import ConfigModel
import ConfigRegistry
import EventBus
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import RegistryAPI
import TestSupport
import Testing

@testable import RegistryServer

/// Every way through the server leads through the gate.
@Suite(.timeLimit(.minutes(2))) struct GateTests {
    @Test(arguments: Refused.all)
    func aRefusedRequestIsRefusedOnEveryPathAndItsBodyIsNotWaitedFor(_ refused: Refused) async throws {
        try await TestServer.run(.live, headLifetime: .seconds(60)) { client in
            try await client.create("s", #"{"n":1}"#)
            for call in RouteCall.all {
                try await RawConnection.run(port: client.port) { connection in
                    // A body is announced and not sent.
                    try await connection.write(call.head(refused.fields, bodyLength: 100))
                    let status = try await connection.read(through: "\r\n")
                    if call.isProbe, refused.type == .notAllowedHost {
                        #expect(status == "HTTP/1.1 200 OK\r\n", "\(call)")
                        return
                    }
                    #expect(status == "HTTP/1.1 403 Forbidden\r\n", "\(call)")
                    let fields = try await connection.read(through: "\r\n\r\n")
                    guard call.method != .head else { return }
                    let length = try #require(
                        fields.firstMatch(of: /[Cc]ontent-[Ll]ength: (\d+)/).flatMap { Int($0.1) })
                    #expect(try await connection.read(count: length).contains(#""type":"\#(refused.type.name)""#))
                }
            }
        }
    }

    @Test func aRequestThatIsLetInComesToEveryRoute() async throws {
        try await TestServer.run(.live, headLifetime: .seconds(60)) { client in
            try await client.create("s", #"{"n":1}"#)
            for call in RouteCall.all where !call.concernsIdentities {
                try await RawConnection.run(port: client.port) { connection in
                    try await connection.write(
                        call.head("Host: localhost\r\n", bodyLength: 2) + (call.hasBody ? "{}" : ""))
                    #expect(try await connection.read(through: "\r\n") != "HTTP/1.1 403 Forbidden\r\n", "\(call)")
                }
            }
        }
    }

    @Test(arguments: Refused.all)
    func requestsThatAreSentTogetherAreLetInAndRefusedOneByOne(_ refused: Refused) async throws {
        try await TestServer.run(.live, headLifetime: .seconds(60)) { client in
            try await client.create("s", #"{"n":1}"#)
            try await RawConnection.run(port: client.port) { connection in
                // Answered from memory, refused, answered by the router, refused.
                let requests = [("s", nil), ("s", refused), ("unknown", nil), ("s", refused), ("s", nil)]
                try await connection.write(
                    requests.map { path, refused in
                        "GET /api/configs/\(path) HTTP/1.1\r\n\(refused?.fields ?? "Host: localhost\r\n")\r\n"
                    }.joined())
                for status in ["200", "403", "404", "403", "200"] {
                    let head = try await connection.read(through: "\r\n\r\n")
                    #expect(head.hasPrefix("HTTP/1.1 \(status) "))
                    let length = try #require(head.firstMatch(of: /[Cc]ontent-[Ll]ength: (\d+)/).flatMap { Int($0.1) })
                    _ = try await connection.read(count: length)
                }
            }
        }
    }

    @Test func theGateDecidesOnceAboutEachRequestWhicheverWayItIsAnswered() async throws {
        let gate = RecordingGate()
        try await TestServer.run(.live, gate: gate) { client in
            try await client.create("s", #"{"n":1}"#)
            let before = gate.paths.count
            #expect(before == 1)
            let calls = RouteCall.all
            for call in calls {
                try await RawConnection.run(port: client.port) { connection in
                    try await connection.write(
                        call.head("Host: localhost\r\n", bodyLength: 2) + (call.hasBody ? "{}" : ""))
                    _ = try await connection.read(through: "\r\n")
                }
            }
            #expect(gate.paths.dropFirst(before) == calls.map(\.path)[...])
        }
    }

    @Test(arguments: [TestingSetup.router, .live])
    func eachRouteHasItsActionPermittedForWhatItConcerns(_ setup: TestingSetup) async throws {
        let gate = RecordingGate()
        try await TestServer.run(setup, headLifetime: .seconds(60), gate: gate) { client in
            try await client.create("s", #"{"n":1}"#)
            gate.denies = true
            for call in RouteCall.routes {
                let answer = try await client.call(call.method, call.path, call.validBody, headers: call.fields)
                #expect(answer.status == 403, "\(call)")
            }
            // In memory, too.
            #expect(try await client.get("/api/configs/s").status == 403)
            gate.denies = false
            #expect(try await client.get("/api/configs/s").text == #"{"n":1}"#)
        }
        #expect(gate.permissions.count > RouteCall.routes.count)
    }

    @Test func aPermissionNamesTheActionAndTheDocuments() async throws {
        let gate = RecordingGate()
        try await TestServer.run(gate: gate) { client in
            _ = try await client.get("/api/configs/s?environment=prod&overlay=true")
            _ = try await client.delete("s?environment=prod")
            _ = try await client.get("/api/configs?prefix=a&environment=prod")
            _ = try await client.call(
                .post, "/api/configs:batchGet", #"{"documents":[{"service_name":"a"},{"service_name":"b"}]}"#)
        }
        let key = try DocumentKey(service: "s", environment: "prod")
        #expect(
            gate.permissions == [
                .init(.readDocument, .documents([key, try DocumentKey(service: "s")])),
                .init(.deleteDocument, .document(key)),
                .init(.listDocuments, .selection(WatchFilter(prefix: "a", environment: "prod"))),
                .init(.readDocument, .registry),
                .init(.readDocument, .document(try DocumentKey(service: "a"))),
                .init(.readDocument, .document(try DocumentKey(service: "b"))),
            ])
    }
}
