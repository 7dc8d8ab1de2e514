import AsyncSupport
public import ConfigModel
import NIOCore
import NIOHTTP1
public import RegistryAPI

extension RegistryClient {
    /// Runs `body` with the messages of a watch; the connection lives until `body` returns.
    ///
    /// The registry first sends the newest version of every selected document (deleted ones too) that differs from what
    /// is known, then that this was all (`.synced`), then each change.
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
        let request = WatchRequest(selection, known: known).request
        return try await endpoints.stream(request, timeout: timeout) { stream, url in
            let mediaType = stream.headers.first(name: "Content-Type") ?? ""
            guard stream.status == 200, mediaType.hasPrefix("text/event-stream") else {
                throw ProblemReader.error(from: try await refusal(stream, url: url), url: url)
            }
            return try await body(WatchMessages(chunks: stream.chunks, selection: selection, url: url))
        }
    }

    /// The whole of a response that is no stream.
    func refusal(
        _ stream: ResponseStream, url: String
    ) async throws(RegistryClientError) -> RegistryResponse {
        do {
            let body = try await withTimeout(timeout) {
                var body: [UInt8] = []
                for try await chunk in stream.chunks {
                    body.append(contentsOf: chunk.readableBytesView)
                    guard body.count <= Self.refusalLimit else { throw TransportFailure.answerTooLarge }
                }
                // What ends because of it is not the whole response.
                try Task.checkCancellation()
                return body
            }
            return RegistryResponse(status: stream.status, headers: stream.headers, body: body)
        } catch {
            throw TransportFailure(error).error(url: url, limit: Self.refusalLimit)
        }
    }

    private static let refusalLimit = 1 << 20
}
