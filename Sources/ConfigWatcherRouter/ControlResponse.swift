import ConfigModel
import HTTPTypes
import Hummingbird

/// An answer of the routes: a JSON object.
struct ControlResponse: ResponseGenerator, Sendable {
    private let object: JSONObject

    init(_ object: JSONObject) { self.object = object }

    init(_ members: KeyValuePairs<String, JSONValue>) {
        var object = JSONObject()
        for (key, value) in members { object[key] = value }
        self.object = object
    }

    func response(from request: Request, context: some RequestContext) -> Response {
        Response(
            status: .ok, headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: object.canonicalBytes)))
    }
}
