import ConfigModel
import Hummingbird

/// The JSON object of a request; an empty body is an empty object.
struct WatcherRequestBody: Sendable {
    private static let limit = 4_096
    private let object: JSONObject

    /// - Throws: `HTTPError` with 400 or 413 and what to do.
    init(_ request: Request, known fields: [String]) async throws {
        let buffer: ByteBuffer
        do {
            buffer = try await request.body.collect(upTo: Self.limit)
        } catch {
            throw HTTPError(.contentTooLarge, message: "The body has at most \(Self.limit) bytes.")
        }
        let bytes = Array(buffer.readableBytesView)
        guard !bytes.isEmpty else {
            object = JSONObject()
            return
        }
        guard case .object(let object)? = try? JSONValue(parsing: bytes) else {
            throw HTTPError(.badRequest, message: "The body is no JSON object.")
        }
        self.object = object
        _ = try read { object throws(JSONFieldError) in try object.refuseFields(otherThan: fields) }
    }

    /// Reads fields.
    func read<Result>(_ body: (JSONObject) throws(JSONFieldError) -> Result) throws -> Result {
        do throws(JSONFieldError) {
            return try body(object)
        } catch {
            throw HTTPError(.badRequest, message: "\(error)")
        }
    }
}
