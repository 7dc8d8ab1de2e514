import ConfigAccess
import ConfigModel
import ConfigRegistry
import Hummingbird
import NIOCore
import RegistryAPI
import ServiceLifecycle

/// Whose stream it is.
struct StreamClient: Sendable {
    let principal: Principal
    /// Says which documents are sent; nil for all of them.
    let mayRead: (@Sendable (DocumentKey) -> Bool)?
    let open: OpenRequests
}

/// One client's stream, from the first head to the end.
struct EventStream: Sendable {
    let registry: any RegistryReads
    let request: WatchRequest
    let options: RegistryServerOptions
    let resources: StreamResources

    /// Writes until the client goes away, the watch ends or the server stops.
    ///
    /// The client is gone when its channel closes, which at the latest the next proof finds out. The rest of the request is
    /// not looked at: what closes in the middle of a request must not matter here.
    func run(_ channel: any Channel, for client: StreamClient) async throws {
        let (ended, end) = AsyncStream<Never>.makeStream()
        let writer = EventStreamWriter(
            channel, options: options, resources: resources, statement: registry.statement(about:)
        ) { end.finish() }
        let executor = resources.fanOut(of: channel.eventLoop).executor
        try await withGracefulShutdownHandler {
            channel.closeFuture.whenComplete { _ in end.finish() }
            try await client.open.withEntry(of: client.principal, end: writer.end) {
                try await registry.withWatch(
                    WatchFilter(request.selection), known: request.known, mayRead: client.mayRead, on: executor,
                    onReady: writer.writeNext
                ) { watch in
                    writer.start(watch)
                    for await _ in ended {}
                }
            }
        } onGracefulShutdown: {
            end.finish()
        }
        try await writer.stop()
    }
}
