package import ConfigModel

extension Problem {
    /// The media type of a problem document.
    package static let mediaType = "application/problem+json"

    /// The problem document.
    package var jsonBytes: [UInt8] {
        var writer = JSONWriter(capacity: 256)
        writer.object { document in
            document.member("type", type.name)
            document.member("title", title)
            document.member("status", status)
            document.member("detail", detail)
            for member in members { document.member(member.key, member.value) }
        }
        return writer.bytes
    }

    /// Reads a response that is no success; one of something that is not a registry becomes a problem without details.
    ///
    /// - Parameters:
    ///   - status: the HTTP status.
    ///   - body: a problem document, or anything.
    ///   - header: the value of a header that occurs once.
    package init(status: Int, body: [UInt8], header: (HeaderName) -> String?) {
        let type = header(.contentType) ?? ""
        var document = JSONObject()
        if type.hasPrefix(Self.mediaType) || type.hasPrefix("application/json"),
            case .object(let object)? = try? JSONValue(parsing: body)
        {
            document = object
        }
        var headers: [HeaderName: String] = [:]
        for name in Self.readHeaders { headers[name] = header(name) }
        self.init(status: status, document: document, headers: headers)
    }

    /// Reads a problem document, as far as it is one.
    package init(status: Int, document: JSONObject, headers: [HeaderName: String] = [:]) {
        func text(_ name: String) -> String? {
            guard case .string(let text)? = document[name], !text.isEmpty else { return nil }
            return text
        }
        var members = document
        for name in ["type", "title", "status", "detail"] { members[name] = nil }
        self.init(
            ProblemType(named: text("type").map(Self.word) ?? "about:blank"), title: text("title") ?? "",
            status: status,
            detail: text("detail"), members: members, headers: headers)
    }

    /// The headers that a reader of problems makes use of.
    private static let readHeaders = [HeaderName.date, .etag, .idempotencyKey, .retryAfter]

    /// The last word of a type that is written as a URI reference.
    private static func word(_ type: String) -> String {
        guard let slash = type.utf8.lastIndex(where: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "#") }) else {
            return type
        }
        return String(type[type.utf8.index(after: slash)...])
    }
}
