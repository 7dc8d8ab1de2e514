import NIOCore
import NIOHTTP1

extension RegistryConnections {
    /// Proof comes every 15 s: a stream without a byte for this long is dead.
    private static let silenceLimit = TimeAmount.seconds(45)

    /// Runs `body` with the answer to a request, whatever its status; the connection lives until `body` returns.
    ///
    /// - Parameter timeout: how long the head of the answer may take.
    func withStream<Result>(
        _ request: RegistryRequest, timeout: Duration,
        _ body: (HTTPResponseHead, NIOAsyncChannelInboundStream<ByteBuffer>) async throws -> Result
    ) async throws -> Result {
        let answer = try await stream(request, timeout: timeout)
        return try await answer.channel.executeThenClose { try await body(answer.head, $0) }
    }

    private func stream(
        _ request: RegistryRequest, timeout: Duration
    ) async throws(RegistryClientError) -> StreamAnswer {
        let outgoing = request.outgoing(to: url, token: token)
        do {
            return try await promised(within: timeout) { [connector, loop] answer in
                let connecting = connector.connect(on: loop) { pipeline in
                    try pipeline.addHandlers(IdleStateHandler(readTimeout: Self.silenceLimit), StreamConnection())
                }
                var isUnderWay = false
                connecting.assumeIsolated().whenComplete { result in
                    do {
                        let connection = try result.get().pipeline.syncOperations.handler(type: StreamConnection.self)
                        isUnderWay = true
                        connection.ask(outgoing, answer: answer)
                    } catch {
                        answer.fail(TransportFailure(connecting: error))
                    }
                }
                return { isUnderWay }
            }
        } catch {
            throw error.error(url: url.text, limit: 0)
        }
    }
}
