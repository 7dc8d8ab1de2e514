import NIOCore

/// A request and the promise of its response; it lives on one event loop.
final class Call {
    /// How far a call has come.
    enum Stage {
        /// All connections are in use.
        case waiting
        /// There is no connection yet.
        case connecting
        /// A connection has the request, so that the registry may have seen it.
        case underWay
    }

    let request: OutgoingRequest
    /// The largest body of a response that is taken, in bytes.
    let limit: Int
    /// Whether the registry may hold the response back, so that the call takes no part in the limit of connections.
    let isHeldBack: Bool
    /// Whether it was answered, failed, or is not waited for any more.
    private(set) var isOver = false
    var stage = Stage.connecting
    private let answer: EventLoopPromise<RegistryResponse>

    init(
        _ request: OutgoingRequest, limit: Int, isHeldBack: Bool = false, answer: EventLoopPromise<RegistryResponse>
    ) {
        self.request = request
        self.limit = limit
        self.isHeldBack = isHeldBack
        self.answer = answer
        whenOver { self.isOver = true }
    }

    /// What it means that the time is over now.
    var timeIsOver: TransportFailure {
        switch stage {
        case .waiting:
            .notSent(
                "all \(ConnectionPool.maximumConnections) connections to it were in use for as long as the call may take"
            )
        case .connecting: TransportFailure(timeIsOverWhileUnderWay: false)
        case .underWay: TransportFailure(timeIsOverWhileUnderWay: true)
        }
    }

    func whenOver(_ body: @escaping () -> Void) {
        answer.futureResult.assumeIsolated().whenComplete { _ in body() }
    }

    func succeed(_ response: RegistryResponse) { answer.succeed(response) }

    func fail(_ failure: TransportFailure) { answer.fail(failure) }
}
