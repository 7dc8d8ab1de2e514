import ConfigRegistry
import Hummingbird
import NIOCore
import ServiceLifecycle

/// One client's stream, from the first head to the end.
struct EventStream: Sendable {
    let registry: Registry
    let question: WatchQuestion
    let options: RegistryServerOptions
    let frames: FrameCache

    /// Writes until the client goes away, the watch ends or the server stops.
    ///
    /// - Parameter body: the rest of the request, whose end means that the client is gone.
    func run(_ body: RequestBody, _ channel: any Channel) async throws {
        let (ended, end) = AsyncStream<Never>.makeStream()
        let writer = EventStreamWriter(channel, options: options, frames: frames) { end.finish() }
        try await withGracefulShutdownHandler {
            try await body.consumeWithInboundCloseHandler { _ in
                try await registry.withWatch(question.filter, known: question.known, onReady: writer.wake) { watch in
                    writer.start(watch)
                    for await _ in ended {}
                }
            } onInboundClosed: {
                end.finish()
            }
        } onGracefulShutdown: {
            end.finish()
        }
        try await writer.stop()
    }
}
