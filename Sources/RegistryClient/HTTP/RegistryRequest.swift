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

    /// The request in the HTTP client's form; parameters and headers without a value are left out.
    func prepared(url: String, token: String?) -> HTTPClientRequest {
        let parameters = query.compactMap { name, value in value.map { "\(name)=\(PercentEncoding.encode($0))" } }
        var request = HTTPClientRequest(
            url: url + path + (parameters.isEmpty ? "" : "?" + parameters.joined(separator: "&")))
        request.method = method
        request.headers.add(name: "User-Agent", value: "configbus")
        if let token { request.headers.add(name: "Authorization", value: "Bearer \(token)") }
        for (name, value) in headers {
            if let value { request.headers.add(name: name, value: value) }
        }
        if let body { request.body = .bytes(ByteBuffer(bytes: body)) }
        return request
    }
}
