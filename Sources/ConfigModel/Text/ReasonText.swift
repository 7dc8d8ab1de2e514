/// The text of a reason, which may quote what others wrote: one line, of bounded length.
package enum ReasonText {
    /// The longest, in bytes; a log line, a history and a page of it have room for that.
    package static let maximumBytes = 4_096

    /// The text with control characters escaped, and cut where it is too long.
    package static func shown(_ text: String) -> String {
        guard text.utf8.count > maximumBytes else { return ControlCharacters.escaped(text) }
        var kept = text.unicodeScalars.prefix(maximumBytes)
        while kept.reduce(0, { $0 + UTF8.width($1) }) > maximumBytes { kept.removeLast() }
        let left = text.utf8.count - kept.reduce(0) { $0 + UTF8.width($1) }
        return ControlCharacters.escaped(String(kept)) + "... (\(left) bytes more)"
    }
}
