import ConfigModel

/// One request to a registry as HTTP has it, without what belongs to the connection.
package struct RegistryRequest: Sendable {
    /// The methods of the API.
    package enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
        case patch = "PATCH"
        case delete = "DELETE"
    }

    /// What is done.
    package var method: Method
    /// On what.
    package var path: String
    /// Parameters; those without a value are left out.
    package var query: [(name: String, value: String?)]
    /// Header fields; those without a value are left out.
    package var headers: [(name: HeaderName, value: String?)]
    /// The body; nil for none.
    package var body: [UInt8]?
    /// How long the registry may hold the response back, beside the usual time limit.
    package var wait: Duration = .zero
    /// The largest body of a response that is taken.
    package var maximumResponse: Int

    /// Puts a request together.
    package init(
        method: Method = .get, path: String, query: [(name: String, value: String?)] = [],
        headers: [(name: HeaderName, value: String?)] = [], body: [UInt8]? = nil,
        maximumResponse: Int = APILimits.documentResponse
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
        self.maximumResponse = maximumResponse
    }
}

extension RegistryRequest {
    /// Path and query.
    package var target: String { queryText.map { "\(path)?\($0)" } ?? path }

    /// The query, percent-encoded; nil when there is none.
    package var queryText: String? {
        var text: String?
        for (name, value) in query {
            guard let value else { continue }
            text = (text.map { $0 + "&" } ?? "") + "\(name)=\(PercentEncoding.encoded(value))"
        }
        return text
    }

    /// The value of a header; nil when it is left out.
    package func header(_ name: HeaderName) -> String? { headers.first { $0.name == name }?.value }

    /// Gives the request a JSON body.
    package mutating func setJSON(_ body: [UInt8]) {
        headers.append((.contentType, "application/json"))
        self.body = body
    }
}
