import Hummingbird
import HummingbirdCore
import HummingbirdTesting
import NIOCore
import Testing

@testable import RegistryServer

@Suite("A connection that is served on its event loop", .timeLimit(.minutes(1)))
struct LoopChannelTests {
    @Test("runs a handler there, or away from it, as its route says", arguments: [true, false])
    func handler(staysOnLoop: Bool) async throws {
        let text = try await answer(staysOnLoop: staysOnLoop) { context in
            Response(status: .ok, body: ResponseBody(byteBuffer: context.whereItRuns))
        }
        #expect(text == (staysOnLoop ? "on the loop" : "elsewhere"))
    }

    @Test("comes back to it with the body of an answer that was begun elsewhere")
    func body() async throws {
        let text = try await answer(staysOnLoop: false) { context in
            Response(
                status: .ok,
                body: ResponseBody { writer in
                    try await writer.write(context.whereItRuns)
                    try await writer.finish(nil)
                })
        }
        #expect(text == "on the loop")
    }

    /// What a server with this one route answers to a client on another connection.
    private func answer(
        staysOnLoop: Bool, _ handler: @escaping @Sendable (ServerContext) -> Response
    ) async throws -> String {
        let router = Router(context: ServerContext.self)
        var routes = RouteTable(router)
        if staysOnLoop {
            routes.onLoop(.get, "/") { _, context in handler(context) }
        } else {
            routes.on(.get, "/") { _, context in handler(context) }
        }
        let application = Application(
            router: router, server: HTTPServerBuilder { LoopChannel(HTTP1Channel(responder: $0)) },
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)))
        return try await application.test(.live) { client in
            try await client.execute(uri: "/", method: .get) { String(buffer: $0.body) }
        }
    }
}

extension ServerContext {
    fileprivate var whereItRuns: ByteBuffer {
        ByteBuffer(string: channel.eventLoop.inEventLoop ? "on the loop" : "elsewhere")
    }
}
