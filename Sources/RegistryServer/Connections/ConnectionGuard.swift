import NIOCore
import Synchronization

/// Watches the bytes of a connection from its outer end: whether the client is there, takes what it gets, and stops sending
/// when the peer was informed that nothing more is read.
final class ConnectionGuard: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = IOData
    typealias OutboundOut = IOData

    /// How much is read and dropped behind the last response: a client that goes on without reading is cut.
    private static let lingeringBytes = 8 << 20

    /// Other threads may look at it.
    let client = ClientPresence()
    private let stallLimit: TimeAmount
    private let lingering: TimeAmount
    private var writtenBytes = 0
    /// Progress is being checked.
    private var isChecking = false
    private var ending = Ending.none
    private var isInputClosed = false
    private var droppedBytes = 0
    /// Where TLS is, what sends through it.
    private var encrypted: ChannelHandlerContext?
    private var isInHandshake = false

    /// What is left to do on the connection.
    private enum Ending {
        /// It goes on.
        case none
        /// The last response is on its way to the socket.
        case sending
        /// The last response and the end of the output are out; the client may still be sending.
        case lingering
    }

    /// - Parameters:
    ///   - stallLimit: a client that takes nothing for so long, while there is much for it, is cut.
    ///   - lingering: for how long a connection whose last response is out is read on, so that a client which is still
    ///     sending can read that response before its own bytes are refused.
    init(stallLimit: TimeAmount, lingering: TimeAmount) {
        self.stallLimit = stallLimit
        self.lingering = lingering
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard ending != .none else { return context.fireChannelRead(data) }
        droppedBytes += unwrapInboundIn(data).readableBytes
        if droppedBytes > Self.lingeringBytes { context.close(promise: nil) }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if ending != .none { context.read() } else { context.fireChannelReadComplete() }
    }

    func channelInactive(context: ChannelHandlerContext) {
        client.leave()
        encrypted = nil
        context.fireChannelInactive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed? = event as? ChannelEvent {
            client.leave()
            isInputClosed = true
            if ending == .lingering { return context.close(promise: nil) }
        }
        context.fireUserInboundEventTriggered(event)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        writtenBytes += unwrapOutboundIn(data).readableBytes
        context.write(data, promise: promise)
    }

    /// The end of the output waits until everything before it is out: a channel whose client has closed its own side would
    /// otherwise be closed at once, and lose what it still holds.
    ///
    /// What ends a handshake is the last thing that a client gets, and says why it was refused: it must not be lost because more
    /// comes from the client than was read.
    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        if isInHandshake, mode == .all, context.channel.isActive {
            isInHandshake = false
            context.channel.closeFuture.cascade(to: promise)
            return closeAfterAnswer(context)
        }
        guard mode == .output else { return context.close(mode: mode, promise: promise) }
        whenOut(context) { context.close(mode: .output, promise: promise) }
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

    /// To be called for a connection with TLS, before it is active.
    ///
    /// - Parameter context: of the handler behind the one that encrypts.
    func beginHandshake(_ context: ChannelHandlerContext) {
        encrypted = context
        isInHandshake = true
    }

    /// TLS is established.
    func endHandshake() { isInHandshake = false }

    /// Sends nothing more behind what was written, passes on nothing more, and closes the connection when the client has
    /// closed its side, or soon after everything is out (RFC 9112, section 9.6).
    func closeAfterAnswer(_ context: ChannelHandlerContext) {
        guard ending == .none else { return }
        ending = .sending
        whenOut(context) { [self] in linger(context) }
        context.read()
    }

    private func linger(_ context: ChannelHandlerContext) {
        // The end of TLS comes before that of the connection.
        let sender = encrypted ?? context
        guard context.channel.isActive, !isInputClosed else { return sender.close(promise: nil) }
        ending = .lingering
        sender.close(mode: .output, promise: nil)
        context.eventLoop.assumeIsolated().scheduleTask(in: lingering) { context.close(promise: nil) }
    }

    private func whenOut(_ context: ChannelHandlerContext, _ action: @escaping () -> Void) {
        let promise = context.eventLoop.makePromise(of: Void.self)
        promise.futureResult.assumeIsolated().whenComplete { _ in action() }
        // Nothing more, behind all the rest.
        context.writeAndFlush(NIOAny(IOData.byteBuffer(ByteBuffer())), promise: promise)
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
