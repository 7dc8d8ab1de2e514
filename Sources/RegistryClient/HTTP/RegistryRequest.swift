import AsyncHTTPClient
import ConfigModel
import NIOCore
import NIOHTTP1

/// One request as this package describes it.
struct RegistryRequest: Sendable {
    /// The largest answer that is taken: the largest document, twice over because of escaping, and what is around it.
    static let documentLimit = 24 << 20
    /// The largest list that is taken.
    static let listLimit = 64 << 20

    var method: HTTPMethod = .GET
    var path: String
    var query: [(name: String, value: String?)] = []
    var headers: [(name: String, value: String?)] = []
    var body: [UInt8]?
    /// How long the registry may hold the answer back, beside the usual time limit.
    var wait: Duration = .zero
    var maximumAnswer = Self.documentLimit

    /// The path of a document's resource.
    static func path(of key: DocumentKey, _ rest: String = "") -> String { "/api/configs/\(key.service)\(rest)" }

    /// The request in the form in which the HTTP client collects the answer.
    func call(url: String, token: String?) throws -> HTTPClient.Request {
        try HTTPClient.Request(
            url: address(url), method: method, headers: fields(token), body: body.map { .bytes($0) })
    }

    /// The request in the form in which the HTTP client streams the answer.
    func stream(url: String, token: String?) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: address(url))
        request.method = method
        request.headers = fields(token)
        if let body { request.body = .bytes(ByteBuffer(bytes: body)) }
        return request
    }

    /// Parameters without a value are left out.
    private func address(_ url: String) -> String {
        let parameters = query.compactMap { name, value in value.map { "\(name)=\(PercentEncoding.encoded($0))" } }
        return url + path + (parameters.isEmpty ? "" : "?" + parameters.joined(separator: "&"))
    }

    /// Headers without a value are left out.
    private func fields(_ token: String?) -> HTTPHeaders {
        var fields: HTTPHeaders = ["User-Agent": "configbus"]
        if let token { fields.add(name: "Authorization", value: "Bearer \(token)") }
        for (name, value) in headers {
            if let value { fields.add(name: name, value: value) }
        }
        return fields
    }
}
