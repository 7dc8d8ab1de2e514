import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing

@testable import RegistryClient

/// At most 64 connections, and who waits for one.
@Suite struct ConnectionPoolTests {
    private let loop = EmbeddedEventLoop()

    @Test func callsThatFindNoConnectionWaitInOrderAndEachBeginsWhenOneBeforeItIsOver() throws {
        let (pool, channels) = try pool()
        let first = (0..<ConnectionPool.maximumConnections).map { call("/\($0)", pool) }
        let waiting = (0..<3).map { call("/waiting-\($0)", pool) }
        #expect(waiting.map(\.stage) == [.waiting, .waiting, .waiting])
        var begun: [String] = []
        for channel in channels { begun += try requests(channel) }
        #expect(begun.count == first.count)
        // The one in the middle gives up.
        waiting[1].fail(.cancelled)
        for channel in channels.prefix(2) {
            try answer(channel)
            #expect(waiting.first { $0.stage == .underWay } != nil)
        }
        #expect(try channels.prefix(2).flatMap { try requests($0) } == ["/waiting-0", "/waiting-2"])
        for call in first + waiting { call.fail(.cancelled) }
    }

    @Test func aCallThatWaitedAsLongAsItMaySaysThatNothingWasSentAndWhy() throws {
        let (pool, _) = try pool()
        let calls = (0...ConnectionPool.maximumConnections).map { call("/\($0)", pool) }
        let last = try #require(calls.last)
        guard case .notSent(let reason) = last.timeIsOver else { throw Unexpected(what: "\(last.timeIsOver)") }
        #expect(reason.contains("all 64 connections"))
        for call in calls.reversed() { call.fail(.cancelled) }
    }

    @Test func aCallWhoseResponseMayBeHeldBackIsNotCounted() throws {
        let (pool, _) = try pool()
        let held = (0..<10).map { call("/held-\($0)", pool, isHeldBack: true) }
        let counted = (0..<(ConnectionPool.maximumConnections - 10)).map { call("/\($0)", pool) }
        #expect(counted.allSatisfy { $0.stage == .underWay } && held.allSatisfy { $0.stage == .underWay })
        for call in held + counted { call.fail(.cancelled) }
    }

    private func call(_ path: String, _ pool: ConnectionPool, isHeldBack: Bool = false) -> Call {
        let head = HTTPRequestHead(version: .http1_1, method: .GET, uri: path)
        let call = Call(
            OutgoingRequest(head: head, body: nil), limit: 4_096, isHeldBack: isHeldBack, answer: loop.makePromise())
        pool.make(call)
        return call
    }

    /// A pool with as many connections as it may have, all idle.
    private func pool() throws -> (ConnectionPool, [EmbeddedChannel]) {
        let pool = ConnectionPool(
            try RegistryConnector(RegistryURL("http://127.0.0.1:1")), on: loop)
        let channels = try (0..<ConnectionPool.maximumConnections).map { _ in
            let connection = CallConnection()
            let channel = EmbeddedChannel(handler: connection, loop: loop)
            try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
            connection.pool = pool
            pool.put(connection)
            return channel
        }
        return (pool, channels)
    }

    private func answer(_ channel: EmbeddedChannel) throws {
        try channel.writeInbound(HTTPClientResponsePart.head(HTTPResponseHead(version: .http1_1, status: .ok)))
        try channel.writeInbound(HTTPClientResponsePart.end(nil))
    }

    /// The paths of the requests that were written since the last time.
    private func requests(_ channel: EmbeddedChannel) throws -> [String] {
        var paths: [String] = []
        while let part = try channel.readOutbound(as: HTTPClientRequestPart.self) {
            if case .head(let head) = part { paths.append(head.uri) }
        }
        return paths
    }
}
