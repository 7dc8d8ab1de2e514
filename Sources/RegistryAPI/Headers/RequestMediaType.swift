/// The media types of request bodies.
package enum RequestMediaType: String, Sendable {
    /// A JSON object.
    case json = "application/json"
    /// RFC 7396.
    case mergePatch = "application/merge-patch+json"
    /// RFC 6902.
    case jsonPatch = "application/json-patch+json"

    /// Reads a `Content-Type` header that must be one of the allowed types; UTF-8 is the only character set.
    package init(_ header: String?, allowed: [RequestMediaType]) throws(Problem) {
        // What nearly every client sends needs no taking apart.
        if let header, let type = RequestMediaType(rawValue: header), allowed.contains(type) {
            self = type
            return
        }
        let parts = (header ?? "").lowercased().split(separator: ";").map(Self.trimmed)
        guard let essence = parts.first, let type = RequestMediaType(rawValue: essence), allowed.contains(type),
            parts.dropFirst().allSatisfy({ ["charset=utf-8", "charset=\"utf-8\""].contains($0) })
        else {
            let names = allowed.map(\.rawValue).joined(separator: " or ")
            throw Problem(
                .unsupportedMediaType, "Send the body as UTF-8 with the header Content-Type: \(names).")
        }
        self = type
    }

    private static func trimmed(_ text: Substring) -> String {
        String(text.drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }
}
