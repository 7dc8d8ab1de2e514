/// An address with a port, as `--metrics-address` names it: `127.0.0.1:9100`, `[::1]:9100`.
struct ListeningAddress: Sendable, Equatable {
    let host: String
    let port: Int

    init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// Reads the text form; nil for anything else.
    init?(parsing text: String) {
        guard let colon = text.utf8.lastIndex(of: UInt8(ascii: ":")),
            let port = UInt16(text[text.utf8.index(after: colon)...])
        else { return nil }
        var host = String(text[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = String(host.dropFirst().dropLast())
        } else if host.contains(":") {
            return nil
        }
        guard !host.isEmpty else { return nil }
        self.init(host: host, port: Int(port))
    }
}

extension ListeningAddress: CustomStringConvertible {
    /// As it stands in a URL (RFC 3986, section 3.2.2).
    var description: String { "\(host.contains(":") ? "[\(host)]" : host):\(port)" }
}
