import HTTPTypes
import Hummingbird
import NIOCore
import RegistryAPI

extension Problem {
    /// The response that carries the problem document.
    var response: Response {
        var fields = HTTPFields()
        for (name, value) in headers { fields[HTTPField.Name(name)] = value }
        fields[.contentType] = Self.mediaType
        fields[.cacheControl] = "no-store"
        return Response(
            status: .init(code: status), headers: fields,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: jsonBytes)))
    }
}
