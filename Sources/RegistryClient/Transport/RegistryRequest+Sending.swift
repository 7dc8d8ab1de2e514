import NIOHTTP1
import RegistryAPI

extension RegistryRequest {
    /// The request as it is sent.
    ///
    /// - Parameter proxy: what passes it on and has to know where to; nil when the connection ends at the registry.
    func outgoing(to url: RegistryURL, credentials: TokenSource?, through proxy: ProxyAddress? = nil) -> OutgoingRequest
    {
        var fields = fields(url.authority)
        if let authorization = proxy?.authorization { fields.add(name: "Proxy-Authorization", value: authorization) }
        // RFC 9112, section 3.2.2.
        let server = proxy == nil ? "" : "http://\(url.authority)"
        return OutgoingRequest(
            head: HTTPRequestHead(
                version: .http1_1, method: HTTPMethod(rawValue: method.rawValue), uri: server + url.path + target,
                headers: fields),
            body: body, credentials: credentials)
    }

    /// Headers without a value are left out.
    private func fields(_ authority: String) -> HTTPHeaders {
        var fields: HTTPHeaders = ["Host": authority, "User-Agent": "configbus"]
        // A body that is not announced would be sent in chunks, an empty one too.
        if body != nil || method != .get { fields.add(name: "Content-Length", value: "\(body?.count ?? 0)") }
        for (name, value) in headers {
            if let value { fields.add(name: name.rawValue, value: value) }
        }
        return fields
    }
}
