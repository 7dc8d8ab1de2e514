import ConfigModel
import HTTPTypes
import Hummingbird
import NIOCore

extension Response {
    /// A response whose body is JSON text that is ready.
    static func json(
        _ bytes: [UInt8], status: HTTPResponse.Status = .ok, headers: HTTPFields = HTTPFields()
    ) -> Response {
        var headers = headers
        headers[.contentType] = "application/json"
        headers[.cacheControl] = "no-store"
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// A response whose body is a JSON object.
    static func json(
        _ status: HTTPResponse.Status = .ok, headers: HTTPFields = HTTPFields(), _ write: (inout JSONWriter) -> Void
    ) -> Response {
        var writer = JSONWriter(capacity: 512)
        writer.object(write)
        return json(writer.bytes, status: status, headers: headers)
    }
}
