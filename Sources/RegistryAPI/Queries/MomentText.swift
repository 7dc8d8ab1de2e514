import ConfigModel

/// How a request writes a moment (RFC 3339).
enum MomentText {
    /// The rule, as the end of a sentence.
    static let rule = "a moment such as 2026-11-20T21:30:00Z"

    private static let wholeSeconds = "2026-11-20T21:30:00".utf8.count

    /// Reads a moment, with or without a fraction of the second, in UTC or with an offset; nil for anything else.
    static func read(_ text: String) -> Timestamp? {
        let text = text.uppercased()
        var rest = text.dropFirst(wholeSeconds)
        var milliseconds = "000"
        if rest.first == "." {
            let digits = rest.dropFirst().prefix { $0.isASCII && $0.isNumber }
            guard !digits.isEmpty else { return nil }
            milliseconds = String((digits + "00").prefix(3))
            rest = rest.dropFirst(digits.count + 1)
        }
        guard let moment = Timestamp(parsing: "\(text.prefix(wholeSeconds)).\(milliseconds)Z"),
            let offset = minutes(ofOffset: rest)
        else { return nil }
        return Timestamp(milliseconds: moment.milliseconds - offset * 60_000)
    }

    /// `Z`, `+01:00`.
    private static func minutes(ofOffset text: Substring) -> Int64? {
        if text == "Z" { return 0 }
        let parts = text.dropFirst().split(separator: ":", omittingEmptySubsequences: false)
        guard let sign = text.first, sign == "+" || sign == "-", parts.count == 2,
            parts.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
            let hours = Int64(parts[0]), let minutes = Int64(parts[1]), hours < 24, minutes < 60
        else { return nil }
        return (sign == "-" ? -1 : 1) * (hours * 60 + minutes)
    }
}
