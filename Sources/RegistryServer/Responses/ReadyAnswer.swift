package import HTTPTypes
import Hummingbird
package import NIOCore

/// An answer that is all there.
package struct ReadyAnswer: Sendable {
    let head: HTTPResponse
    let body: ByteBuffer

    /// - Parameter body: nil for a status that has none, whose answer then says no length either.
    package init(_ status: HTTPResponse.Status, _ fields: HTTPFields, body: ByteBuffer?) {
        var fields = fields
        if let body { fields[.contentLength] = String(body.readableBytes) }
        head = HTTPResponse(status: status, headerFields: fields)
        self.body = body ?? ByteBuffer()
    }

    /// The same for Hummingbird.
    var response: Response {
        var response = Response(status: head.status, body: ResponseBody(byteBuffer: body))
        response.headers = head.headerFields
        return response
    }
}
