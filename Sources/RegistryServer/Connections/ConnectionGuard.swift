import NIOCore
import Synchronization

/// Watches the bytes of a connection from its outer end: whether the client is there, takes what it gets, and stops sending
/// when the peer was informed that nothing more is read.
final class ConnectionGuard: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = IOData
    typealias OutboundOut = IOData

    /// For how long a connection whose last response was sent is read on, so that a client which is still sending can read
    /// that response before its own bytes meet a closed door.
    private static let lingering: TimeAmount = .seconds(2)
    /// How much is read and dropped meanwhile: a client that goes on without reading is cut.
    private static let lingeringBytes = 8 << 20

    /// Other threads may look at it.
    let client = ClientPresence()
    private let stallLimit: TimeAmount
    private var writtenBytes = 0
    /// Progress is being checked.
    private var isChecking = false
    private var isLingering = false
    private var droppedBytes = 0

    init(stallLimit: TimeAmount) { self.stallLimit = stallLimit }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard isLingering else { return context.fireChannelRead(data) }
        droppedBytes += unwrapInboundIn(data).readableBytes
        if droppedBytes > Self.lingeringBytes { context.close(promise: nil) }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if isLingering { context.read() } else { context.fireChannelReadComplete() }
    }

    func channelInactive(context: ChannelHandlerContext) {
        client.leave()
        context.fireChannelInactive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed? = event as? ChannelEvent {
            client.leave()
            if isLingering { return context.close(promise: nil) }
        }
        context.fireUserInboundEventTriggered(event)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        writtenBytes += unwrapOutboundIn(data).readableBytes
        context.write(data, promise: promise)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if !context.channel.isWritable, !isChecking { check(context) }
        context.fireChannelWritabilityChanged()
    }

    /// Cuts a client that takes nothing while there is much for it.
    private func check(_ context: ChannelHandlerContext) {
        guard let taken = takenBytes(context) else { return }
        isChecking = true
        context.eventLoop.assumeIsolated().scheduleTask(in: stallLimit) { [self] in
            isChecking = false
            guard context.channel.isActive, !context.channel.isWritable else { return }
            if takenBytes(context) == taken { context.close(promise: nil) } else { check(context) }
        }
    }

    /// Nil for a channel that cannot say how much it holds, which every socket can until it is closed.
    private func takenBytes(_ context: ChannelHandlerContext) -> Int? {
        (try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)).map { writtenBytes - $0 }
    }

    /// Sends nothing more, passes on nothing more, and closes when the client has stopped, or soon.
    func closeAfterAnswer(_ context: ChannelHandlerContext) {
        guard !isLingering else { return }
        isLingering = true
        context.close(mode: .output, promise: nil)
        context.read()
        context.eventLoop.assumeIsolated().scheduleTask(in: Self.lingering) { context.close(promise: nil) }
    }
}

/// Whether the client of a connection is still there. One that says that it sends nothing more counts as gone: what was
/// begun for it is given up, when it takes long.
final class ClientPresence: Sendable {
    private let hasLeft = Atomic(false)

    var isThere: Bool { !hasLeft.load(ordering: .relaxed) }

    func leave() { hasLeft.store(true, ordering: .relaxed) }
}

extension Channel {
    /// The client of the connection; nil for a channel without one.
    func client() async -> ClientPresence? {
        let channel = self
        return try? await eventLoop.submit {
            try channel.pipeline.syncOperations.handler(type: ConnectionGuard.self).client
        }.get()
    }

    /// Closes the connection behind what was written, because the rest of what comes is not read any more.
    func closeAfterAnswer() {
        let channel = self
        eventLoop.execute {
            let pipeline = channel.pipeline.syncOperations
            guard let context = try? pipeline.context(handlerType: ConnectionGuard.self),
                let handler = try? pipeline.handler(type: ConnectionGuard.self)
            else { return channel.close(promise: nil) }
            handler.closeAfterAnswer(context)
        }
    }
}
