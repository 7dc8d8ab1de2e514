import AsyncHTTPClient
import NIOCore
import NIOHTTP1

extension RegistryConnections {
    /// Makes one attempt and returns the whole answer, whatever its status.
    func call(
        _ request: RegistryRequest, url: String, timeout: Duration
    ) async throws(RegistryClientError) -> RegistryResponse {
        do {
            let prepared = try request.call(url: url, token: token)
            // The answer is put together on the connection's own thread, which also keeps the time limit: a call costs
            // one change of threads there and one back.
            let call = calls.execute(
                request: prepared,
                delegate: ResponseAccumulator(request: prepared, maxBodySize: request.maximumAnswer),
                deadline: .now() + TimeAmount(timeout + request.wait))
            let response = try await withTaskCancellationHandler {
                try await call.get()
            } onCancel: {
                call.cancel()
            }
            return RegistryResponse(
                status: Int(response.status.code), headers: response.headers,
                body: response.body.map { Array($0.readableBytesView) } ?? [])
        } catch {
            throw TransportFailure(error).error(url: url, limit: request.maximumAnswer)
        }
    }
}
