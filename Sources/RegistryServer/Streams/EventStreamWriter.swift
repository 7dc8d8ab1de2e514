import ConfigAccess
import ConfigModel
import ConfigRegistry
import MetricsExposition
import NIOCore
import NIOHTTP1

/// A stream's output as other threads see it: all of it happens on the connection's event loop, and no task is
/// woken for it.
final class EventStreamWriter: Sendable {
    private struct State {
        /// Nil before the start and after the end.
        var output: EventStreamOutput?
        /// Why the stream is to end, when that was known before the start.
        var end: AccessTable.Standing?
        var beat: RepeatedTask?
    }

    private let channel: any Channel
    private let options: RegistryServerOptions
    private let resources: StreamResources
    private let statement: @Sendable (Epoch) -> EpochStatement?
    private let onEnd: @Sendable () -> Void
    private let state: NIOLoopBoundBox<State>

    /// - Parameters:
    ///   - statement: the signed statement that an epoch counts.
    ///   - onEnd: called when the watch is over or the connection is lost.
    init(
        _ channel: any Channel, options: RegistryServerOptions, resources: StreamResources,
        statement: @escaping @Sendable (Epoch) -> EpochStatement?, onEnd: @escaping @Sendable () -> Void
    ) {
        self.channel = channel
        self.options = options
        self.resources = resources
        self.statement = statement
        self.onEnd = onEnd
        state = .makeBoxSendingValue(State(), eventLoop: channel.eventLoop)
    }

    /// Writes what there is; on the event loop.
    @Sendable
    func writeNext() { state.value.output?.writeNext() }

    /// Says that the identity of the client does not count any more, and nothing more.
    @Sendable
    func end(_ standing: AccessTable.Standing) {
        channel.eventLoop.execute { [self] in
            state.value.end = standing
            StreamCut(standing).map { resources.cuts?.count($0) }
            state.value.output?.end(standing)
        }
    }

    /// Begins to write.
    func start(_ watch: Watch) {
        channel.eventLoop.execute { [self] in
            // Every connection has this handler until it is closed.
            let context = try? channel.pipeline.syncOperations.context(handlerType: HTTPResponseEncoder.self)
            guard let context else { return onEnd() }
            let rules = try? channel.pipeline.syncOperations.handler(type: MessageRules.self)
            state.value.output = EventStreamOutput(
                watch, to: channel, context, stallLimit: TimeAmount(options.stallLimit), resources: resources,
                statement: statement, isPlain: rules?.isAnswerPlain ?? false, onEnd: onEnd)
            let period = TimeAmount(options.proofPeriod)
            state.value.beat = channel.eventLoop.scheduleRepeatedTask(initialDelay: period, delay: period) { [self] _ in
                state.value.output?.prove()
            }
            channel.closeFuture.whenComplete { [self] _ in _ = end() }
            if let standing = state.value.end { state.value.output?.end(standing) }
            writeNext()
        }
    }

    /// Writes nothing more. A client that does not take what was written is cut, because the end could not reach it.
    func stop() async throws {
        try await channel.eventLoop.submit { [self] in
            guard end() else {
                resources.cuts?.count(.stopped)
                channel.close(promise: nil)
                throw ChannelError.outputClosed
            }
        }.get()
    }

    /// False when the connection did not take everything.
    private func end() -> Bool {
        state.value.beat?.cancel()
        let output = state.value.output.take()
        return output?.stop() ?? true
    }
}
