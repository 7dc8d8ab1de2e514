import AsyncHTTPClient
import NIOCore

/// The connections of one client, closed when the last user of it is gone.
final class RegistryConnections: Sendable {
    /// Proof comes every 15 s: a stream without a byte for this long is dead.
    static let silenceLimit = TimeAmount.seconds(45)

    let token: String?
    /// For calls: a request and its answer.
    let calls: HTTPClient
    /// For streams that stay open.
    let streams: HTTPClient

    init(token: String?) {
        self.token = token
        // A request whose connection belongs to another thread than the request would change threads for each of its parts.
        let loop = HTTPClient.defaultEventLoopGroup.next()
        calls = HTTPClient(eventLoopGroupProvider: .shared(loop), configuration: Self.configuration(read: nil))
        streams = HTTPClient(
            eventLoopGroupProvider: .shared(loop), configuration: Self.configuration(read: Self.silenceLimit))
    }

    deinit {
        for client in [calls, streams] { client.shutdown { _ in } }
    }

    /// Nobody is followed elsewhere, a refused connection is told at once, and a call never waits for another's
    /// connection (a long poll holds one for a minute). The hook that is called for debugging is the only one there is.
    private static func configuration(read: TimeAmount?) -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow, timeout: .init(connect: .seconds(5), read: read),
            connectionPool: .init(idleTimeout: .seconds(30), concurrentHTTP1ConnectionsPerHostSoftLimit: 4_096))
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.httpVersion = .http1Only
        configuration.http1_1ConnectionDebugInitializer = { channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandler(FlushesTogether(), position: .first)
            }
        }
        return configuration
    }
}
