/// A line of a key file that holds a key: the key in base64, and behind white space an optional name.
struct KeyFileLine {
    let number: Int
    let key: String
    let name: String?

    /// The lines that are neither empty nor comments.
    static func lines(of text: String) -> [KeyFileLine] {
        let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
        return zip(1..., lines).compactMap { number, line in
            let words = line.split(maxSplits: 1, omittingEmptySubsequences: true) { $0.isWhitespace }
            guard let key = words.first, !key.hasPrefix("#") else { return nil }
            return KeyFileLine(number: number, key: String(key), name: words.dropFirst().first.map { trimmed($0) })
        }
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}

/// A key file that cannot be used.
public struct KeyFileError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The line that is wrong, from 1; nil when it is the whole file.
    public let line: Int?
    /// What is wrong, without a full stop.
    public let reason: String

    /// One sentence.
    public var description: String {
        guard let line else { return "The key file cannot be used: \(reason)." }
        return "The key file cannot be used: line \(line): \(reason)."
    }
}
