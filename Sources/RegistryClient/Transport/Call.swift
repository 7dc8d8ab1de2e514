import NIOCore

/// A request and who waits for its answer; it lives on one event loop.
final class Call {
    let request: OutgoingRequest
    /// The largest body of an answer that is taken, in bytes.
    let limit: Int
    /// Whether it was answered, failed, or nobody waits for it any more.
    private(set) var isOver = false
    /// Whether a connection has the request, so that the registry may have seen it.
    var isUnderWay = false
    private let answer: EventLoopPromise<RegistryResponse>

    init(_ request: OutgoingRequest, limit: Int, answer: EventLoopPromise<RegistryResponse>) {
        self.request = request
        self.limit = limit
        self.answer = answer
        whenOver { self.isOver = true }
    }

    func whenOver(_ body: @escaping () -> Void) {
        answer.futureResult.assumeIsolated().whenComplete { _ in body() }
    }

    func succeed(_ response: RegistryResponse) { answer.succeed(response) }

    func fail(_ failure: TransportFailure) { answer.fail(failure) }
}
