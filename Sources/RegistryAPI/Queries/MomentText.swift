import ConfigModel

/// How a request writes a moment.
enum MomentText {
    /// The rule, as the end of a sentence.
    static let rule = "a moment in UTC such as 2026-11-20T21:30:00Z"

    /// Reads a moment with or without milliseconds; nil for anything else.
    static func read(_ text: String) -> Timestamp? {
        Timestamp(parsing: text) ?? (text.hasSuffix("Z") ? Timestamp(parsing: text.dropLast() + ".000Z") : nil)
    }
}
