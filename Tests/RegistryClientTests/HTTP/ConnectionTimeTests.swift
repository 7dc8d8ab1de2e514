import NIOCore
import NIOEmbedded
import NIOTLS
import Testing

@testable import RegistryClient

/// How long a connection may do nothing, by an event loop's own clock.
@Suite struct ConnectionTimeTests {
    private let channel = EmbeddedChannel()

    @Test func aHandshakeThatDoesNotEndEndsItsConnection() throws {
        let handshake = try beginHandshake()
        channel.embeddedEventLoop.advanceTime(by: .seconds(4))
        #expect(channel.isActive)
        channel.embeddedEventLoop.advanceTime(by: .seconds(1))
        #expect(!channel.isActive)
        #expect(throws: ChannelError.self) { try handshake.isDone.wait() }
    }

    @Test func aHandshakeThatEndedHasNoLimit() throws {
        let handshake = try beginHandshake()
        channel.pipeline.fireUserInboundEventTriggered(TLSUserEvent.handshakeCompleted(negotiatedProtocol: nil))
        channel.embeddedEventLoop.advanceTime(by: .seconds(60))
        try handshake.isDone.wait()
        #expect(channel.isActive)
    }

    @Test func aConnectionThatIsNotUsedIsClosed() throws {
        let pool = ConnectionPool(try connector(), on: channel.embeddedEventLoop)
        let connection = CallConnection()
        try channel.pipeline.syncOperations.addHandler(connection)
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        pool.put(connection)
        channel.embeddedEventLoop.advanceTime(by: .seconds(29))
        #expect(connection.isOpen)
        channel.embeddedEventLoop.advanceTime(by: .seconds(1))
        #expect(!connection.isOpen)
    }

    private func beginHandshake() throws -> HandshakeHandler {
        let handshake = HandshakeHandler(on: channel.embeddedEventLoop, within: .seconds(5))
        try channel.pipeline.syncOperations.addHandler(handshake)
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        return handshake
    }

    private func connector() throws -> RegistryConnector {
        try RegistryConnector(RegistryURL("http://127.0.0.1:1"))
    }
}
