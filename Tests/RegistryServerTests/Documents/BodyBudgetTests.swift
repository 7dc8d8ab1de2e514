import ConfigModel
import HTTPTypes
import HummingbirdTesting
import NIOCore
import NIOPosix
import TestSupport
import Testing

@testable import RegistryServer

/// The memory that all bodies may take together.
@Suite(.timeLimit(.minutes(1))) struct BodyBudgetTests {
    @Test func whatIsTakenComesBackWithTheShare() {
        let budget = BodyBudget(bytes: 1_000_000)
        do {
            let share = BodyShare(of: budget)
            #expect(share.take(300_000))
            #expect(share.take(400_000))
            #expect(budget.takenBytes == 700_000)
            #expect(!share.take(100_000), "a quarter is for small bodies")
            #expect(budget.takenBytes == 700_000, "what is refused takes nothing")
        }
        #expect(budget.takenBytes == 0)
    }

    @Test func largeBodiesLeaveAQuarterToSmallOnes() {
        let budget = BodyBudget(bytes: 1_000_000)
        let large = BodyShare(of: budget)
        #expect(large.take(750_000))
        let small = (0..<4).map { _ in BodyShare(of: budget) }
        #expect(small.map { $0.take(BodyBudget.smallBytes) } == [true, true, true, false])
        #expect(!small[0].take(1), "it is no longer small")
    }

    /// Room for one of two large bodies.
    private static var options: RegistryServerOptions {
        var options = RegistryServerOptions()
        options.contentLimits = ContentLimits(maximumBytes: 300_000)
        options.maximumBodiesBytes = 0
        return options
    }

    private static let large = #"{"config_data":{"a":""# + String(repeating: "x", count: 290_000) + #""}}"#

    private static func head(_ service: String, _ fields: String) -> String {
        "POST /api/configs/\(service) HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\(fields)\r\n\r\n"
    }

    @Test(arguments: [false, true])
    func whatArrivesCountsHoweverItIsAnnouncedUntilTheRequestIsAnswered(isChunked: Bool) async throws {
        let rest = isChunked ? "1;x=y\r\n \r\n0\r\n\r\n" : " "
        // Many of a moderate size, so that what is left over when one more is refused has no room for a large one.
        let body = #"{"config_data":{"a":""# + String(repeating: "x", count: 100_000) + #""}}"#
        let length = body.utf8.count
        let slow =
            isChunked
            ? Self.head("slow", "Transfer-Encoding: chunked") + String(length, radix: 16) + "\r\n\(body)\r\n"
            : Self.head("slow", "Content-Length: \(length + 1)") + body
        try await TestServer.run(.live, options: Self.options) { client in
            let channels = try await Self.open(30, client.port)
            // Those for which nothing is left are refused before they have sent everything.
            for channel in channels { try? await channel.writeAndFlush(ByteBuffer(string: slow)) }
            let port = client.port
            let answer = try await eventually("another one is refused") {
                let answer = try await Self.post(Self.large, port)
                return answer.hasPrefix("HTTP/1.1 503 ") ? answer : nil
            }
            #expect(answer.contains(#"{"type":"overloaded""#))
            #expect(answer.contains("\r\nRetry-After: 1\r\n"))
            #expect(answer.contains("\r\nConnection: close\r\n"))
            #expect(try await client.create("small").status == 201)
            for channel in channels { try? await channel.writeAndFlush(ByteBuffer(string: rest)) }
            try await eventually("one that had room is stored") {
                try await client.get("/api/configs/slow").status == 200
            }
            try await eventually("the room is free") {
                try await Self.post(Self.large, port).hasPrefix("HTTP/1.1 201 ")
            }
            for channel in channels { try? await channel.close() }
        }
    }

    /// On a connection of its own, which the server closes when it refuses.
    private static func post(_ body: String, _ port: Int?) async throws -> String {
        try await RawConnection.run(port: port) { connection in
            let fields = "Connection: close\r\nContent-Length: \(body.utf8.count)"
            try await connection.write(head("s", fields) + body)
            return try await connection.readToEnd()
        }
    }

    @Test func promisesCostNothing() async throws {
        try await TestServer.run(.live, options: Self.options) { client in
            let channels = try await Self.open(20, client.port)
            for channel in channels {
                try await channel.writeAndFlush(ByteBuffer(string: Self.head("slow", "Content-Length: 600000") + "{"))
            }
            #expect(try await client.call(.post, "/api/configs/s", Self.large).status == 201)
            for channel in channels { try await channel.close() }
        }
    }

    private static func open(_ count: Int, _ port: Int?) async throws -> [any Channel] {
        var channels: [any Channel] = []
        for _ in 0..<count {
            let bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            channels.append(try await bootstrap.connect(host: "localhost", port: port ?? 0).get())
        }
        return channels
    }
}
