/// What a caller wants back from a write: `Prefer: return=minimal` asks for the record without its content, which the
/// caller has sent itself (RFC 7240).
package struct ReturnPreference: Equatable, Sendable {
    /// True when the record is wanted without its content.
    package let isMinimal: Bool

    /// Preferences that this server does not know, or that make no sense, are ignored, as section 2 wants it; of several
    /// `return` the first counts.
    ///
    /// - Parameter header: the value of `Prefer`, the fields of that name joined by commas.
    package init(_ header: String?) {
        switch header {
        case nil: isMinimal = false
        // How nearly every client writes it.
        case Self.minimal: isMinimal = true
        case let list?: isMinimal = list.split(separator: ",").lazy.compactMap(Self.returnValue).first == "minimal"
        }
    }

    /// The preference for a record without its content, as `Prefer` asks for it and `Preference-Applied` confirms it.
    package static let minimal = "return=minimal"

    /// The value of `Preference-Applied`: what was followed; nil when nothing was.
    package var applied: String? { isMinimal ? Self.minimal : nil }

    /// The value of a preference `return`; parameters behind it mean nothing. Nil when it is another one.
    private static func returnValue(_ preference: Substring) -> String? {
        let parts = preference.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1).map { Self.trimmed($0) }
        guard parts.count == 2, parts[0].lowercased() == "return" else { return nil }
        let value = parts[1]
        let isQuoted = value.count > 1 && value.first == "\"" && value.last == "\""
        return (isQuoted ? value.dropFirst().dropLast() : value).lowercased()
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text.drop { $0 == " " || $0 == "\t" }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return text
    }
}
