import NIOCore
import NIOPosix
import NIOSSL

/// The connections of one client, closed when the last user of it is gone.
///
/// All of them, and who answers for their calls, live on one event loop: a call changes threads once there and once back.
final class RegistryConnections: Sendable {
    let token: String?
    let connector: RegistryConnector
    let loop: any EventLoop
    private let pool: NIOLoopBoundBox<ConnectionPool>

    /// - Parameter encryption: whose certificates are trusted; without it those that the system trusts.
    init(
        _ url: RegistryURL, token: String?, encryption: TLSConfiguration = .makeClientConfiguration()
    ) throws(RegistryClientError) {
        self.token = token
        let connector = try RegistryConnector(url, encryption: encryption)
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        self.connector = connector
        self.loop = loop
        pool = .makeBoxSendingValue(ConnectionPool(connector, on: loop), eventLoop: loop)
    }

    deinit {
        loop.execute { [pool] in pool.value.close() }
    }

    var url: RegistryURL { connector.url }

    /// Makes one attempt and returns the whole answer, whatever its status. Nobody is followed elsewhere.
    func call(_ request: RegistryRequest, timeout: Duration) async throws(RegistryClientError) -> RegistryResponse {
        let outgoing = request.outgoing(to: url, token: token)
        let limit = request.maximumAnswer
        do {
            return try await promised(within: timeout + request.wait) { [pool] answer in
                let call = Call(outgoing, limit: limit, answer: answer)
                pool.value.make(call)
                return { call.isUnderWay }
            }
        } catch {
            throw error.error(url: url.text, limit: limit)
        }
    }

    /// What `begin`, which runs on the event loop, promises.
    ///
    /// - Parameter begin: returns a function that says whether the registry may have seen the request.
    func promised<Value: Sendable>(
        within limit: Duration, _ begin: @escaping @Sendable (EventLoopPromise<Value>) -> () -> Bool
    ) async throws(TransportFailure) -> Value {
        let promise = loop.makePromise(of: Value.self)
        do {
            return try await withTaskCancellationHandler {
                try await withCheckedThrowingContinuation { continuation in
                    loop.execute { [loop] in
                        let isUnderWay = begin(promise)
                        let timer = loop.assumeIsolated().scheduleTask(in: TimeAmount(limit)) {
                            promise.fail(TransportFailure(timeIsOverWhileUnderWay: isUnderWay()))
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
