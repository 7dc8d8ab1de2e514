import ChangeChecks
import ConfigModel
import HTTPTypes
import Hummingbird
import NIOCore
import RegistryAPI

extension Problem {
    /// As a client may see it: nothing that the client sent and that looks like a secret is repeated. Every problem goes out by
    /// way of this.
    var shown: Problem {
        Problem(
            type, title: title, status: status, detail: detail.map(ShownText.sentence), members: Self.shown(members),
            headers: headers)
    }

    private static func shown(_ members: JSONObject) -> JSONObject {
        var shown = members
        // An override is made of names that are shown, and has to be sent as it is.
        for (name, value) in members where name != "override" { shown[name] = self.shown(value, named: name) }
        return shown
    }

    private static func shown(_ value: JSONValue, named name: String) -> JSONValue {
        switch value {
        case .string(let text):
            .string(name == "pointer" || name == "schema_pointer" ? ShownText.pointer(text) : ShownText.sentence(text))
        case .array(let elements): .array(elements.map { shown($0, named: name) })
        case .object(let object): .object(shown(object))
        case .null, .bool, .number: value
        }
    }

    /// The response that carries the problem document.
    var response: Response {
        var fields = HTTPFields()
        for (name, value) in headers { fields[HTTPField.Name(name)] = value }
        fields[.contentType] = Self.mediaType
        fields[.cacheControl] = "no-store"
        return Response(
            status: .init(code: status), headers: fields,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: shown.jsonBytes)))
    }
}
