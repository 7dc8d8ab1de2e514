import NIOCore
import NIOEmbedded
import Testing

@testable import RegistryClient

@Suite struct FlushesTogetherTests {
    private let channel = EmbeddedChannel()
    private let flushes = FlushCounter()

    init() throws {
        try channel.pipeline.syncOperations.addHandlers([flushes, FlushesTogether()])
    }

    @Test("what is flushed in one turn goes out once, at its end, and the next turn's by itself")
    func turns() throws {
        for turn in 1...2 {
            for text in ["head", "body"] { channel.writeAndFlush(ByteBuffer(string: text), promise: nil) }
            #expect(flushes.count == turn - 1)
            channel.embeddedEventLoop.run()
            #expect(flushes.count == turn)
            #expect(try channel.readOutbound(as: ByteBuffer.self) == ByteBuffer(string: "head"))
            #expect(try channel.readOutbound(as: ByteBuffer.self) == ByteBuffer(string: "body"))
        }
    }

    @Test("a connection that closes meanwhile harms nobody")
    func closing() throws {
        channel.writeAndFlush(ByteBuffer(string: "late"), promise: nil)
        channel.close(promise: nil)
        channel.embeddedEventLoop.run()
        #expect(!channel.isActive)
    }
}

private final class FlushCounter: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private(set) var count = 0

    func flush(context: ChannelHandlerContext) {
        count += 1
        context.flush()
    }
}
