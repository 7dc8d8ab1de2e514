import NIOCore
import NIOHTTP1
import RegistryAPI
import Synchronization

@testable import RegistryClient

/// A transport without connections, which answers what a test wants.
final class ScriptedTransport: RegistryTransport {
    private let script: @Sendable (RegistryRequest) throws(TransportFailure) -> RegistryResponse
    private let state = Mutex((requests: [RegistryRequest](), closings: 0))

    init(_ script: @escaping @Sendable (RegistryRequest) throws(TransportFailure) -> RegistryResponse) {
        self.script = script
    }

    var requests: [RegistryRequest] { state.withLock { $0.requests } }

    var closings: Int { state.withLock { $0.closings } }

    func call(_ request: RegistryRequest, within limit: Duration) async throws(TransportFailure) -> RegistryResponse {
        state.withLock { $0.requests.append(request) }
        return try script(request)
    }

    func stream(
        _ request: RegistryRequest, within limit: Duration, _ body: (ResponseStream) async throws -> Void
    ) async throws {
        let response = try await call(request, within: limit)
        let (chunks, source) = NIOAsyncChannelInboundStream<ByteBuffer>.makeTestingStream()
        source.yield(ByteBuffer(bytes: response.body))
        source.finish()
        try await body(ResponseStream(status: response.status, headers: response.headers, chunks: chunks))
    }

    func close() { state.withLock { $0.closings += 1 } }
}
