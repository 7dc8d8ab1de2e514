import AsyncHTTPClient
import NIOCore
import NIOHTTP1

extension RegistryConnections {
    /// Makes one attempt and returns the whole answer, whatever its status.
    func call(
        _ request: RegistryRequest, url: String, timeout: Duration
    ) async throws(RegistryClientError) -> RegistryResponse {
        let prepared = request.prepared(url: url, token: token)
        do {
            return try await withTimeLimit(timeout + request.wait) { [calls] in
                let response = try await calls.execute(prepared, deadline: .distantFuture)
                let body = try await response.body.collect(upTo: request.maximumAnswer)
                return RegistryResponse(
                    status: Int(response.status.code), headers: response.headers, body: Array(body.readableBytesView))
            }
        } catch {
            throw TransportFailure(error).error(url: url, limit: request.maximumAnswer)
        }
    }
}
