import AsyncHTTPClient
public import ConfigModel
import NIOCore
import NIOHTTP1

extension RegistryClient {
    /// Runs `body` with the messages of a watch; the connection lives until `body` returns.
    ///
    /// The registry first tells the newest version of every selected document (deleted ones too) that differs from what
    /// is known, then that all was told (`.synced`), then each change.
    ///
    /// - Parameters:
    ///   - selection: which documents.
    ///   - known: the versions that the caller has; they count for the registry's present epoch, whichever that is, so
    ///     that a caller whose epoch differs from the one in `.synced` must watch again without them.
    ///   - body: reads the messages.
    /// - Throws: `RegistryClientError` when the watch cannot be established, and what `body` throws.
    public func withWatch<Result>(
        _ selection: WatchSelection = WatchSelection(), known: [DocumentKey: Int64] = [:],
        _ body: (WatchMessages) async throws -> Result
    ) async throws -> Result {
        let response = try await openWatch(selection, known)
        return try await body(
            WatchMessages(body: response.body, selection: selection, connections: connections, url: url))
    }

    private func openWatch(
        _ selection: WatchSelection, _ known: [DocumentKey: Int64]
    ) async throws(RegistryClientError) -> HTTPClientResponse {
        let prepared = WatchRequest(selection, known: known).request.stream(url: url, token: connections.token)
        let response: HTTPClientResponse
        do {
            response = try await connections.streams.execute(prepared, deadline: .now() + TimeAmount(timeout))
        } catch {
            throw TransportFailure(error).error(url: url, limit: 0)
        }
        let mediaType = response.headers.first(name: "Content-Type") ?? ""
        if response.status == .ok, mediaType.hasPrefix("text/event-stream") { return response }
        throw ProblemReader.error(from: try await refusal(response), url: url)
    }

    /// The whole of an answer that is no stream.
    private func refusal(_ response: HTTPClientResponse) async throws(RegistryClientError) -> RegistryResponse {
        do {
            let body = try await withTimeLimit(timeout) { try await response.body.collect(upTo: 1 << 20) }
            return RegistryResponse(
                status: Int(response.status.code), headers: response.headers, body: Array(body.readableBytesView))
        } catch {
            throw TransportFailure(error).error(url: url, limit: 1 << 20)
        }
    }
}
