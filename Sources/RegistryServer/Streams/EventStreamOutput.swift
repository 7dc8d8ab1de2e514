import ConfigAccess
import ConfigModel
import ConfigRegistry
import MetricsExposition
import NIOCore

/// Writes what a watch has to a connection, on the connection's event loop.
///
/// Frames are kept as they are sent, with the chunk around each, and are written behind the encoder of responses: a thousand
/// clients get the same bytes, and only the first frame is encoded.
///
/// Nothing is queued here. Until the client took what was written, the watch keeps the set of documents that changed, and
/// the client gets the newest of each afterwards.
final class EventStreamOutput {
    /// A flush carries at least so much when there is so much, because each costs a system call.
    private static let pieceBytes = 65_536
    /// After so many pieces in a row the other connections of the event loop are served.
    private static let piecesInARow = 16

    private let watch: Watch
    private let channel: any Channel
    /// What is written here comes to no handler that knows of HTTP.
    private let context: ChannelHandlerContext
    private let stallLimit: TimeAmount
    private let resources: StreamResources
    private let statement: (Epoch) -> EpochStatement?
    /// The client knows no chunks.
    private let isPlain: Bool
    private let onEnd: () -> Void
    private var isOver = false
    /// The connection has not taken what was written yet.
    private var isWaiting = false
    /// Counts the times that it did not take something at once.
    private var waits = 0
    /// What is still to be written, and nothing behind it.
    private var lastFrame: ByteBuffer?
    private var isEnding = false
    /// What is to be written behind the trace that it belongs to.
    private var tracedFrame: ByteBuffer?
    /// A proof is due.
    private var isProofDue = false

    /// - Parameters:
    ///   - statement: the signed statement that an epoch counts.
    ///   - onEnd: called when the watch is over or the connection is lost.
    init(
        _ watch: Watch, to channel: any Channel, _ context: ChannelHandlerContext, stallLimit: TimeAmount,
        resources: StreamResources, statement: @escaping (Epoch) -> EpochStatement?, isPlain: Bool,
        onEnd: @escaping () -> Void
    ) {
        self.watch = watch
        self.channel = channel
        self.context = context
        self.stallLimit = stallLimit
        self.resources = resources
        self.statement = statement
        self.isPlain = isPlain
        self.onEnd = onEnd
    }

    /// Writes piece after piece as long as the connection takes them at once, and otherwise when the one before is out.
    func writeNext() {
        for _ in 0..<Self.piecesInARow {
            guard !isOver, !isWaiting else { return }
            guard let frame = nextFrame() else {
                if isEnding || !watch.isOpen { onEnd() }
                return
            }
            writePiece(frame)
        }
        writeNextLater()
    }

    private func writeNextLater() { channel.eventLoop.assumeIsolated().execute { [self] in writeNext() } }

    /// Says how old the registry's own proof is, behind what is under way.
    func prove() {
        isProofDue = true
        writeNext()
    }

    /// Says behind what is under way why the stream ends; nothing else of the watch is written.
    func end(_ standing: AccessTable.Standing) {
        guard !isEnding else { return }
        isEnding = true
        lastFrame = EventFrame.end(standing.rawValue)
        writeNext()
    }

    /// Writes nothing more. False when the connection did not take everything, so that the end could not
    /// reach the client.
    func stop() -> Bool {
        isOver = true
        return !isWaiting
    }

    private func end() {
        isOver = true
        onEnd()
    }

    private func nextFrame() -> ByteBuffer? {
        let chunk = nextChunk()
        return isPlain ? chunk.map(EventFrame.plain) : chunk
    }

    private func nextChunk() -> ByteBuffer? {
        if let frame = tracedFrame.take() { return frame }
        if isEnding { return lastFrame.take() }
        switch watch.popFirst() {
        case .change(let head):
            let frame = resources.frames.form(of: head)
            guard let trace = head.recentTrace else { return frame }
            tracedFrame = frame
            return EventFrame.trace(trace)
        case .synced(let epoch, let count):
            return EventFrame.synced(epoch, count: count, statement: statement(epoch), except: watch.damaged)
        case nil: break
        }
        guard isProofDue, !watch.owes else { return nil }
        isProofDue = false
        return EventFrame.proof(watch.proofAge, except: watch.damaged)
    }

    private func writePiece(_ first: ByteBuffer) {
        var bytes = write(first)
        while bytes < Self.pieceBytes, let frame = nextFrame() { bytes += write(frame) }
        context.flush()
        // What the watch still has cannot be written any more.
        guard channel.isActive else { return end() }
        // A connection that cannot say how much is left is waited for each time.
        if bufferedBytes != 0 { waitUntilTaken() }
    }

    private func write(_ frame: ByteBuffer) -> Int {
        context.write(NIOAny(IOData.byteBuffer(frame)), promise: nil)
        return frame.readableBytes
    }

    /// Goes on when everything that was written is out.
    private func waitUntilTaken() {
        isWaiting = true
        waits += 1
        let promise = channel.eventLoop.makePromise(of: Void.self)
        promise.futureResult.assumeIsolated().whenComplete { [self] result in
            isWaiting = false
            switch result {
            case .success: writeNextLater()
            case .failure: end()
            }
        }
        // Nothing more, behind all the rest.
        context.writeAndFlush(NIOAny(IOData.byteBuffer(ByteBuffer())), promise: promise)
        if isWaiting, let bufferedBytes { closeIfStalled(wait: waits, buffered: bufferedBytes) }
    }

    /// Cuts a client that takes nothing: it is the same wait later, and no byte went out.
    private func closeIfStalled(wait: Int, buffered: Int) {
        channel.eventLoop.assumeIsolated().scheduleTask(in: stallLimit) { [self] in
            guard isWaiting, waits == wait, let rest = bufferedBytes else { return }
            guard rest < buffered else {
                resources.cuts?.count(.stalled)
                channel.close(promise: nil)
                return
            }
            closeIfStalled(wait: wait, buffered: rest)
        }
    }

    /// What the connection has not taken yet; nil when it cannot say, which every socket can until it is closed.
    private var bufferedBytes: Int? { try? channel.syncOptions?.getOption(.bufferedWritableBytes) }
}
