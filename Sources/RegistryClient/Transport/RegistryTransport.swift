import ConfigModel
import NIOCore
import NIOHTTP1
import RegistryAPI

/// How requests come to one registry, and answers back: the only thing that the calls know of connections.
protocol RegistryTransport: Sendable {
    /// Makes one attempt and returns the whole response, whatever its status. Redirects are not followed.
    ///
    /// - Parameter limit: how long it may take, waiting for a connection included.
    func call(_ request: RegistryRequest, within limit: Duration) async throws(TransportFailure) -> RegistryResponse

    /// Runs `body` with a response whose body comes piece by piece, whatever its status; it ends when `body` returns.
    ///
    /// - Parameter limit: how long the head of the response may take.
    /// - Throws: `TransportFailure` when there is no response, and what `body` throws.
    func stream(
        _ request: RegistryRequest, within limit: Duration, _ body: (ResponseStream) async throws -> Void
    ) async throws

    /// When the certificate that the registry shows now ends; nil without TLS, and when there is no connection.
    func certificateEnd() async -> Timestamp?

    /// Ends the connections that are not in use, and the others when their calls end.
    func close()
}

/// A response whose body comes piece by piece.
struct ResponseStream: Sendable {
    let status: Int
    let headers: HTTPHeaders
    /// Can be read once; what is not read is not taken from the registry either.
    let chunks: NIOAsyncChannelInboundStream<ByteBuffer>
}

extension RegistryTransport {
    func certificateEnd() async -> Timestamp? { nil }
}
