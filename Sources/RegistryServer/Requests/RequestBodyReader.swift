import HTTPTypes
import Hummingbird
import NIOCore
import RegistryAPI

/// Reads request bodies whole, within bounds. How long a body may take is bounded by `RequestDeadlines`.
///
/// A body that is too large is read on and thrown away up to a second bound, because a client that is still sending would
/// otherwise see a broken connection instead of the response.
struct RequestBodyReader: Sendable {
    /// The largest body that is taken.
    let maximumBytes: Int
    /// How many bytes more are read to be thrown away.
    var discardedBytes = Self.discardedBytes
    /// What to do about a body that is too large, as the end of a sentence.
    var advice = "split the document, or keep large data elsewhere."

    /// As long as nothing else is said.
    static let discardedBytes = 64 * 1_024 * 1_024

    func bytes(of request: Request, _ context: ServerContext) async throws -> [UInt8] {
        try Self.refuseEncoding(request.headers)
        var bytes: [UInt8] = []
        var received = 0
        do {
            for try await chunk in request.body {
                received += chunk.readableBytes
                if received <= maximumBytes {
                    try reserve(received, in: &bytes, context.bodyShare)
                    bytes.append(contentsOf: chunk.readableBytesView)
                }
                if received > maximumBytes + discardedBytes { throw tooLarge(closing: true) }
            }
        } catch let problem as Problem {
            throw problem
        } catch let slow as SlowRequest {
            throw Problem(slow)
        } catch {
            throw UnreadableBody(reason: error)
        }
        guard received <= maximumBytes else { throw tooLarge(closing: false) }
        return bytes
    }

    /// Refuses a body where none belongs.
    func refuseBody(of request: Request, _ context: ServerContext) async throws {
        guard try await bytes(of: request, context).isEmpty else {
            throw Problem(.unexpectedBody, "\(request.method.rawValue) takes no body here; use query parameters.")
        }
    }

    /// Makes room for so many bytes in all, if there is memory for it.
    private func reserve(_ count: Int, in bytes: inout [UInt8], _ share: BodyShare?) throws(Problem) {
        guard count > bytes.capacity else { return }
        let capacity = max(count, min(2 * bytes.capacity, maximumBytes))
        guard share?.take(capacity - bytes.capacity) != false else { throw tooManyBodies }
        bytes.reserveCapacity(capacity)
    }

    /// A compressed body would be taken for broken JSON, or be far larger than it says.
    private static func refuseEncoding(_ headers: HTTPFields) throws(Problem) {
        guard let encoding = headers[.contentEncoding], encoding.lowercased() != "identity" else { return }
        throw Problem(.unsupportedMediaType, "Send the body as it is, without Content-Encoding.")
            .with(.acceptEncoding, "identity")
    }

    func tooLarge(closing: Bool) -> Problem {
        var problem = Problem(
            .tooLarge,
            "The body is larger than \(maximumBytes) bytes; \(advice)")
        problem.closesConnection = closing
        return problem
    }

    private var tooManyBodies: Problem {
        var problem = Problem(
            .overloaded, "The registry has no memory left for another body; nothing was changed, send it again.")
        problem.closesConnection = true
        return problem
    }
}

/// The connection broke, or what came is not HTTP, before the body was complete.
struct UnreadableBody: Error {
    let reason: any Error
}
