import ConfigModel
import NIOCore
import NIOHTTP1
import NIOPosix
import RegistryAPI

/// The connections to one registry, closed when the last user of them is gone.
///
/// All of them, and the promises of their calls, live on one event loop: a call changes threads once there and once back.
final class NIOTransport: RegistryTransport {
    /// Proof comes every 15 s: a stream without a byte for this long is dead.
    private static let silenceLimit = TimeAmount.seconds(45)

    private let connector: RegistryConnector
    private let loop: any EventLoop
    private let pool: NIOLoopBoundBox<ConnectionPool>

    /// - Parameters:
    ///   - proxy: the proxy that leads there; nil for a direct connection.
    ///   - credentials: what requests carry.
    ///   - tls: whose certificates are trusted, and the client's own; required at `https://`.
    init(
        _ url: RegistryURL, credentials: RegistryCredentials = .none, proxy: ProxyAddress? = nil,
        tls: RegistryTLS? = nil
    ) throws(RegistryClientError) {
        let connector = try RegistryConnector(url, proxy: proxy, credentials: try TokenSource(credentials), tls: tls)
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        self.connector = connector
        self.loop = loop
        pool = .makeBoxSendingValue(ConnectionPool(connector, on: loop), eventLoop: loop)
    }

    deinit { close() }

    func close() {
        loop.execute { [pool] in pool.value.close() }
    }

    func call(_ request: RegistryRequest, within limit: Duration) async throws(TransportFailure) -> RegistryResponse {
        let token = connector.credentials?.token
        let response = try await attempt(request, within: limit)
        guard [401, 403].contains(response.status), isTokenNew(since: token) else { return response }
        return try await attempt(request, within: limit)
    }

    /// Whether there is a newer token than the one that was refused.
    private func isTokenNew(since token: String?) -> Bool {
        connector.credentials?.refresh()
        return connector.credentials?.token != token
    }

    private func attempt(
        _ request: RegistryRequest, within limit: Duration
    ) async throws(TransportFailure) -> RegistryResponse {
        let outgoing = connector.outgoing(request)
        return try await promised(within: limit) { [pool] answer in
            let call = Call(
                outgoing, limit: request.maximumResponse, isHeldBack: request.wait > .zero, answer: answer)
            pool.value.make(call)
            return { call.timeIsOver }
        }
    }

    func stream(
        _ request: RegistryRequest, within limit: Duration, _ body: (ResponseStream) async throws -> Void
    ) async throws {
        let token = connector.credentials?.token
        var answer = try await open(connector.outgoing(request), within: limit)
        if answer.head.status == .unauthorized, isTokenNew(since: token) {
            try await answer.channel.executeThenClose { _ in }
            answer = try await open(connector.outgoing(request), within: limit)
        }
        try await answer.channel.executeThenClose { chunks in
            try await body(
                ResponseStream(status: Int(answer.head.status.code), headers: answer.head.headers, chunks: chunks))
        }
    }

    func certificateEnd() async -> Timestamp? {
        guard let encryption = connector.encryption else { return nil }
        let end = connector.connect(on: loop) { _ in }.flatMapThrowing { channel in
            defer { channel.close(promise: nil) }
            return try encryption.certificateEnd(of: channel)
        }
        return try? await end.get()
    }

    /// A stream has a connection of its own, beside those of the calls and not limited in number: each is what a caller
    /// wants to have open.
    private func open(_ outgoing: OutgoingRequest, within limit: Duration) async throws(TransportFailure)
        -> StreamAnswer
    {
        try await promised(within: limit) { [connector, loop] answer in
            let connecting = connector.connect(on: loop) { pipeline in
                try pipeline.addHandlers(IdleStateHandler(readTimeout: Self.silenceLimit), StreamConnection())
            }
            var isUnderWay = false
            connecting.assumeIsolated().whenComplete { result in
                do {
                    let connection = try result.get().pipeline.syncOperations.handler(type: StreamConnection.self)
                    isUnderWay = true
                    connection.send(outgoing, answer: answer)
                } catch {
                    answer.fail(TransportFailure(connecting: error, through: connector.proxy))
                }
            }
            return { TransportFailure(timeIsOverWhileUnderWay: isUnderWay) }
        }
    }

    /// What `begin`, which runs on the event loop, promises.
    ///
    /// - Parameter begin: returns a function that says what the failure is when the time is over.
    private func promised<Value: Sendable>(
        within limit: Duration, _ begin: @escaping @Sendable (EventLoopPromise<Value>) -> () -> TransportFailure
    ) async throws(TransportFailure) -> Value {
        let promise = loop.makePromise(of: Value.self)
        do {
            return try await withTaskCancellationHandler {
                try await withCheckedThrowingContinuation { continuation in
                    loop.execute { [loop] in
                        let timeIsOver = begin(promise)
                        let timer = loop.assumeIsolated().scheduleTask(in: TimeAmount(limit)) {
                            promise.fail(timeIsOver())
                        }
                        promise.futureResult.assumeIsolated().whenComplete { result in
                            timer.cancel()
                            continuation.resume(with: result)
                        }
                    }
                }
            } onCancel: {
                promise.fail(TransportFailure.cancelled)
            }
        } catch {
            throw TransportFailure(error)
        }
    }
}
