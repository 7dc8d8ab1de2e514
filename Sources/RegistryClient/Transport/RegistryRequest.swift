import ConfigModel
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

    /// The request as it is sent.
    ///
    /// - Parameter proxy: what passes it on and has to know where to; nil when the connection ends at the registry.
    func outgoing(to url: RegistryURL, token: String?, through proxy: ProxyAddress? = nil) -> OutgoingRequest {
        var fields = fields(url.authority, token)
        if let authorization = proxy?.authorization { fields.add(name: "Proxy-Authorization", value: authorization) }
        // RFC 9112, section 3.2.2.
        let server = proxy == nil ? "" : "http://\(url.authority)"
        return OutgoingRequest(
            head: HTTPRequestHead(
                version: .http1_1, method: method, uri: server + url.path + target, headers: fields),
            body: body)
    }

    /// Parameters without a value are left out.
    private var target: String {
        var target = path
        var separator = "?"
        for (name, value) in query {
            guard let value else { continue }
            target += "\(separator)\(name)=\(PercentEncoding.encoded(value))"
            separator = "&"
        }
        return target
    }

    /// Headers without a value are left out.
    private func fields(_ authority: String, _ token: String?) -> HTTPHeaders {
        var fields: HTTPHeaders = ["Host": authority, "User-Agent": "configbus"]
        // A body that is not announced would be sent in chunks, an empty one too.
        if body != nil || method != .GET { fields.add(name: "Content-Length", value: "\(body?.count ?? 0)") }
        if let token { fields.add(name: "Authorization", value: "Bearer \(token)") }
        for (name, value) in headers {
            if let value { fields.add(name: name, value: value) }
        }
        return fields
    }
}
