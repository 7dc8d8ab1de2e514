package import HTTPTypes
import Hummingbird
package import NIOCore

/// A response that is all there.
package struct PreencodedResponse: Sendable {
    let status: HTTPResponse.Status
    let fields: HTTPFields
    /// The fields as they are sent (RFC 9112, section 5), with the empty line behind them.
    let fieldLines: ByteBuffer
    let body: ByteBuffer

    /// - Parameter body: nil for a status that has none, whose response then says no length either.
    package init(_ status: HTTPResponse.Status, _ fields: HTTPFields, body: ByteBuffer?) {
        var fields = fields
        if let body { fields[.contentLength] = String(body.readableBytes) }
        self.status = status
        self.fields = fields
        self.body = body ?? ByteBuffer()
        // Neither a field's name nor its value can have a line break; HTTPField sees to it.
        fieldLines = ByteBuffer(string: fields.map { "\($0.name.rawName): \($0.value)\r\n" }.joined() + "\r\n")
    }

    /// The same for Hummingbird.
    var response: Response {
        var response = Response(status: status, body: ResponseBody(byteBuffer: body))
        response.headers = fields
        return response
    }
}
