/// What a URI reference names: a document and a place in it (RFC 3986).
package struct URIReference: Sendable {
    /// The URI without fragment.
    package let document: String
    /// Decoded; empty when there is none.
    package let fragment: String

    /// Resolves a reference; nil when its fragment is not encoded as it must be.
    package init?(_ reference: String, from base: String) {
        let mark = reference.utf8.firstIndex(of: UInt8(ascii: "#"))
        let rest = mark.map { reference.utf8[reference.utf8.index(after: $0)...] } ?? "".utf8[...]
        guard let fragment = PercentEncoding.decoded(rest) else { return nil }
        self.fragment = fragment
        document = Self.resolve(mark.map { String(reference[..<$0]) } ?? reference, from: base)
    }

    private static func resolve(_ reference: String, from base: String) -> String {
        guard !reference.isEmpty else { return base }
        guard scheme(of: reference).isEmpty else { return reference }
        let scheme = scheme(of: base)
        var rest = base.dropFirst(scheme.count)
        var authority: Substring = ""
        if rest.hasPrefix("//") {
            let end = rest.dropFirst(2).firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
            authority = rest[..<end]
            rest = rest[end...]
        }
        if reference.hasPrefix("//") { return "\(scheme)\(reference)" }
        let path = rest.prefix { $0 != "?" }
        if reference.hasPrefix("?") { return "\(scheme)\(authority)\(path)\(reference)" }
        if reference.hasPrefix("/") { return "\(scheme)\(authority)\(withoutDots(reference))" }
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? (authority.isEmpty ? "" : "/")
        return "\(scheme)\(authority)\(withoutDots(folder + reference))"
    }

    /// `https:`, or nothing when the text has no scheme.
    private static func scheme(of text: String) -> Substring {
        guard let end = text.firstIndex(where: { $0 == ":" || $0 == "/" || $0 == "?" }), text[end] == ":" else {
            return ""
        }
        return text[...end]
    }

    /// Follows `.` and `..` in a path.
    private static func withoutDots(_ text: String) -> String {
        let path = text.prefix { $0 != "?" }
        var kept: [Substring] = []
        let segments = path.split(separator: "/", omittingEmptySubsequences: false)
        for (index, segment) in segments.enumerated() {
            let isLast = index == segments.count - 1
            switch segment {
            case ".": if isLast { kept.append("") }
            case "..":
                if kept.count > 1 { kept.removeLast() }
                if isLast { kept.append("") }
            default: kept.append(segment)
            }
        }
        return "\(kept.joined(separator: "/"))\(text[path.endIndex...])"
    }
}
