import HTTPTypes

/// What a caller wants back from a write: `Prefer: return=minimal` asks for the record without its content, which the
/// caller has sent itself (RFC 7240).
struct AnswerPreference: Equatable, Sendable {
    let isMinimal: Bool

    /// Preferences that this server does not know, or that make no sense, are ignored, as section 2 wants it; of several
    /// `return` the first counts.
    init(_ headers: HTTPFields) {
        switch headers[.prefer] {
        case nil: isMinimal = false
        // How everybody writes it.
        case "return=minimal": isMinimal = true
        case let list?: isMinimal = list.split(separator: ",").lazy.compactMap(Self.returnValue).first == "minimal"
        }
    }

    /// What an answer says when the preference was followed.
    var fields: HTTPFields { isMinimal ? [.preferenceApplied: "return=minimal"] : [:] }

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
