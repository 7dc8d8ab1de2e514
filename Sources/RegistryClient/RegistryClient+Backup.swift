import NIOCore
import NIOHTTP1
import RegistryAPI

extension RegistryClient {
    /// Takes a backup of the whole store, piece by piece.
    ///
    /// - Parameters:
    ///   - hasAccess: tokens and denials too.
    ///   - take: takes the next bytes; what it does not take yet is not sent.
    /// - Throws: `RegistryClientError`, also when the response broke off, and what `take` throws.
    package func backup(hasAccess: Bool = false, _ take: ([UInt8]) async throws -> Void) async throws {
        let request = BackupRequest(hasAccess: hasAccess).request
        // The heads are listed before the first byte comes.
        let limit = max(timeout, .seconds(60))
        try await endpoints.stream(request, timeout: limit) { stream, url in
            guard stream.status == 200, stream.headers.first(name: "Content-Type") == BackupRequest.mediaType else {
                throw ProblemReader.error(from: try await refusal(stream, url: url), url: url)
            }
            do {
                for try await chunk in stream.chunks {
                    do { try await take(Array(chunk.readableBytesView)) } catch { throw NotTaken(reason: error) }
                }
                try Task.checkCancellation()
            } catch let failure as NotTaken {
                throw failure.reason
            } catch {
                throw TransportFailure(error).error(url: url, limit: 0)
            }
        }
    }

    /// Keeps what the caller throws apart from what the connection does.
    private struct NotTaken: Error { let reason: any Error }
}
