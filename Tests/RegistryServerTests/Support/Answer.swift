public import ConfigModel
import HTTPTypes
import Hummingbird
import HummingbirdTesting

/// A response of the server, read.
struct Answer: Sendable {
    let status: Int
    let headers: HTTPFields
    let text: String

    init(_ response: TestResponse) {
        status = response.status.code
        headers = response.headers
        text = String(buffer: response.body)
    }

    func header(_ name: String) -> String? {
        HTTPField.Name(name).flatMap { headers[$0] }
    }

    /// The body as JSON.
    var json: JSONValue {
        get throws { try JSONValue(parsing: text) }
    }

    /// A member of the body.
    subscript(name: String) -> JSONValue? {
        guard case .object(let object)? = try? json else { return nil }
        return object[name]
    }

    /// The type of a problem document; nil when the response is none.
    var problem: String? {
        guard header("Content-Type") == "application/problem+json", case .string(let type)? = self["type"],
            self["status"] == .number(JSONNumber(status)), case .string(let title)? = self["title"], !title.isEmpty
        else { return nil }
        return type
    }

    /// The sentence of a problem document.
    var detail: String {
        guard case .string(let detail)? = self["detail"] else { return "" }
        return detail
    }
}

extension JSONValue: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral {
    /// A number.
    public init(integerLiteral value: Int) { self = .number(JSONNumber(value)) }

    /// A string.
    public init(stringLiteral value: String) { self = .string(value) }
}
