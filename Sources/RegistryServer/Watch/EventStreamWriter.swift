import ConfigRegistry
import NIOCore
import NIOHTTP1

/// Writes what a watch has to its client's connection, on the connection's event loop: no task is woken for it.
///
/// Frames are kept as they go over the wire, chunk and all, and are written behind the encoder of responses: a thousand
/// clients get the same bytes, and only the first frame is encoded.
///
/// Nothing is queued here. Until the client took what was written, the watch keeps the set of documents that changed, and
/// the client gets the newest of each afterwards.
final class EventStreamWriter: Sendable {
    private struct State {
        /// Nil before the start and after the end.
        var watch: Watch?
        /// What is written here comes to no handler that knows of HTTP.
        var output: ChannelHandlerContext?
        var beat: RepeatedTask?
        /// Counts the writes; odd while one is under way.
        var writes = 0
        /// The write that is under way has not come back to its caller yet.
        var isFlushing = false
        /// A proof is due after the write that is under way.
        var owesProof = false
    }

    /// A write carries at least so much when there is so much, because each costs a system call.
    private static let pieceBytes = 65_536
    /// After so many pieces in a row the other connections of the event loop have their turn.
    private static let piecesInARow = 16

    private let channel: any Channel
    private let options: RegistryServerOptions
    private let frames: HeadForms<ByteBuffer>
    private let onEnd: @Sendable () -> Void
    private let state: NIOLoopBoundBox<State>

    /// - Parameter onEnd: called when the watch is over or the connection is lost.
    init(
        _ channel: any Channel, options: RegistryServerOptions, frames: HeadForms<ByteBuffer>,
        onEnd: @escaping @Sendable () -> Void
    ) {
        self.channel = channel
        self.options = options
        self.frames = frames
        self.onEnd = onEnd
        state = .makeBoxSendingValue(State(), eventLoop: channel.eventLoop)
    }

    /// Tells that the watch has something; on any thread.
    @Sendable
    func wake() {
        channel.eventLoop.execute { [self] in writeNext() }
    }

    /// Begins to write.
    func start(_ watch: Watch) {
        channel.eventLoop.execute { [self] in
            // Every connection has this handler until it is closed.
            let output = try? channel.pipeline.syncOperations.context(handlerType: HTTPResponseEncoder.self)
            guard let output else { return onEnd() }
            state.value.output = output
            state.value.watch = watch
            let period = TimeAmount(options.proofPeriod)
            state.value.beat = channel.eventLoop.scheduleRepeatedTask(initialDelay: period, delay: period) { [self] _ in
                state.value.owesProof = true
                writeNext()
            }
            channel.closeFuture.whenComplete { [self] _ in end() }
            writeNext()
        }
    }

    /// Writes nothing more. A client that does not take what was written is cut, because the end could not reach it.
    func stop() async throws {
        try await channel.eventLoop.submit { [self] in
            end()
            guard !isWriting else {
                channel.close(promise: nil)
                throw ChannelError.outputClosed
            }
        }.get()
    }

    private func end() {
        state.value.watch = nil
        state.value.output = nil
        state.value.beat?.cancel()
    }

    private var isWriting: Bool { state.value.writes & 1 == 1 }

    /// Writes piece after piece as long as the connection takes them at once, and otherwise when the one before is out.
    private func writeNext() {
        for _ in 0..<Self.piecesInARow {
            guard let watch = state.value.watch, let output = state.value.output, !isWriting else { return }
            var piece = nextPiece(of: watch)
            if state.value.owesProof {
                state.value.owesProof = false
                piece.append(EventFrame.proof(watch.proofAge))
            }
            guard !piece.isEmpty else {
                if !watch.isOpen { onEnd() }
                return
            }
            write(piece, to: output)
            if isWriting { closeIfStalled(write: state.value.writes, buffered: bufferedBytes) }
        }
        wake()
    }

    private func write(_ piece: [ByteBuffer], to output: ChannelHandlerContext) {
        state.value.writes += 1
        state.value.isFlushing = true
        for frame in piece.dropLast() { output.write(NIOAny(IOData.byteBuffer(frame)), promise: nil) }
        let promise = channel.eventLoop.makePromise(of: Void.self)
        promise.futureResult.whenComplete { [self] result in
            state.value.writes += 1
            switch result {
            case .success: if !state.value.isFlushing { writeNext() }
            case .failure:
                // What the watch still has cannot be told any more.
                end()
                onEnd()
            }
        }
        output.writeAndFlush(NIOAny(IOData.byteBuffer(piece[piece.count - 1])), promise: promise)
        state.value.isFlushing = false
    }

    private func nextPiece(of watch: Watch) -> [ByteBuffer] {
        var piece: [ByteBuffer] = []
        var bytes = 0
        while bytes < Self.pieceBytes, let item = watch.take(limit: 1).first {
            let frame =
                switch item {
                case .change(let head): frames.form(of: head)
                case .synced(let epoch, let count): EventFrame.synced(epoch, count: count)
                }
            piece.append(frame)
            bytes += frame.readableBytes
        }
        return piece
    }

    /// Cuts a client that takes nothing: the same write is under way later, and no byte of it went out.
    private func closeIfStalled(write: Int, buffered: Int) {
        channel.eventLoop.scheduleTask(in: TimeAmount(options.stallLimit)) { [self] in
            guard state.value.writes == write else { return }
            let rest = bufferedBytes
            guard rest < buffered else {
                channel.close(promise: nil)
                return
            }
            closeIfStalled(write: write, buffered: rest)
        }
    }

    private var bufferedBytes: Int {
        // An option that every socket has; without it nobody would be cut.
        (try? channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
    }
}
