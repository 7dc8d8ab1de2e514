import Glibc
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import RegistryServer

/// The HTTP server that the registry is built on, answering every request with the same bytes: what is left when the
/// registry does nothing.
struct ConstantServer {
    /// Answered by Hummingbird's router.
    static let path = "/constant"
    /// Answered before the router, as the registry answers what it has in memory.
    static let cachedPath = "/cached"

    let size: Int

    /// Runs until the process is ended; says on its first line where it listens.
    func run() async throws {
        let body = ByteBuffer(repeating: UInt8(ascii: "x"), count: size)
        let router = Router()
        router.get(RouterPath(Self.path)) { _, _ in
            Response(
                status: .ok, headers: [.contentType: "application/json"], body: ResponseBody(byteBuffer: body))
        }
        let cached = PreencodedResponse(.ok, [.contentType: "application/json"], body: body)
        let logger = Logger(label: "configbus-benchmarks") { _ in SwiftLogNoOpLogHandler() }
        let server = Application(
            router: router,
            server: HTTPServerBuilder { responder in
                CachedHeadChannel(HTTP1Channel(responder: responder)) { request, _ in
                    request.path == Self.cachedPath ? cached : nil
                }
            },
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in
                print("listening on http://127.0.0.1:\(channel.localAddress?.port ?? 0)")
                // A pipe is buffered, and the one at its other end waits for this line.
                fflush(nil)
            },
            logger: logger)
        try await server.runService()
    }
}
