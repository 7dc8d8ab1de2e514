/// The value of `If-None-Match` or `If-Match`: `*`, or a list of entity tags (RFC 9110, section 8.8.3).
package struct EntityTagList: Equatable, Sendable {
    /// One of them.
    package struct Tag: Equatable, Sendable {
        /// With its quotes.
        package let opaque: Substring
        /// True behind `W/`.
        package let isWeak: Bool
    }

    /// True for `*`.
    package let isAny: Bool
    /// The tags in their order; empty for `*`.
    package let tags: [Tag]

    /// Reads a header's value; nil when it is neither `*` nor a list of tags.
    package init?(parsing text: String) {
        if text == "*" {
            isAny = true
            tags = []
            return
        }
        var tags: [Tag] = []
        var rest = Self.trimmed(text[...])
        while !rest.isEmpty {
            let isWeak = rest.hasPrefix("W/")
            if isWeak { rest = rest.dropFirst(2) }
            guard rest.utf8.first == UInt8(ascii: "\""),
                let end = rest.utf8.dropFirst().firstIndex(of: UInt8(ascii: "\""))
            else { return nil }
            tags.append(Tag(opaque: rest[...end], isWeak: isWeak))
            rest = Self.trimmed(rest[rest.utf8.index(after: end)...])
            guard !rest.isEmpty else { break }
            guard rest.utf8.first == UInt8(ascii: ",") else { return nil }
            rest = Self.trimmed(rest.dropFirst())
            guard !rest.isEmpty else { return nil }
        }
        guard !tags.isEmpty else { return nil }
        isAny = false
        self.tags = tags
    }

    /// The weak comparison, which `If-None-Match` wants: the prefix `W/` means nothing.
    package func containsWeakly(_ tag: String) -> Bool {
        tags.contains { $0.opaque == tag }
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text
        while text.utf8.first.map(isWhiteSpace) == true { text = text.dropFirst() }
        while text.utf8.last.map(isWhiteSpace) == true { text = text.dropLast() }
        return text
    }

    private static func isWhiteSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}

extension EntityTagList: CustomStringConvertible {
    /// The header's value.
    package var description: String {
        isAny ? "*" : tags.map { ($0.isWeak ? "W/" : "") + $0.opaque }.joined(separator: ", ")
    }
}
