import NIOCore
import NIOHTTP1

/// A call under way on a connection, and what has come of its response.
struct PendingResponse {
    let call: Call
    /// Whether the whole request was handed to the system.
    var isSent = false
    private var head: HTTPResponseHead?
    private var body: [UInt8] = []

    init(_ call: Call) { self.call = call }

    /// Whether the connection can be used again. A response may come before the whole request was sent.
    var leavesConnectionFree: Bool { isSent && head?.isKeepAlive ?? false }

    /// Takes the next part of the response and returns the response when that was the last.
    mutating func take(_ part: HTTPClientResponsePart) throws(TransportFailure) -> RegistryResponse? {
        switch part {
        case .head(let head):
            let length = head.headers.first(name: "Content-Length").flatMap { Int($0) } ?? 0
            guard length <= call.limit else { throw .answerTooLarge }
            self.head = head
            body.reserveCapacity(length)
        case .body(let bytes):
            guard body.count + bytes.readableBytes <= call.limit else { throw .answerTooLarge }
            body.append(contentsOf: bytes.readableBytesView)
        case .end:
            guard let head else { break }
            return RegistryResponse(status: Int(head.status.code), headers: head.headers, body: body)
        }
        return nil
    }
}
