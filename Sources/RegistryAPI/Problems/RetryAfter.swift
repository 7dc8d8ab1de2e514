import ConfigModel

/// How long a response asks to wait before the next attempt (RFC 9110, section 10.2.3).
package enum RetryAfter {
    /// The header `Retry-After`, in seconds or as a date; nil when it cannot be read.
    ///
    /// A date counts from the response's own `Date`, so that a clock that goes wrong, here or there, means nothing.
    package static func duration(_ text: String, date: String?) -> Duration? {
        if let seconds = UInt32(text) { return .seconds(Int64(seconds)) }
        guard let end = moment(text) else { return nil }
        let start = date.flatMap(moment) ?? .now
        return .milliseconds(max(0, end.milliseconds - start.milliseconds))
    }

    /// The form that must be sent: `Fri, 20 Nov 2026 21:30:00 GMT` (RFC 9110, section 5.6.7).
    private static func moment(_ text: String) -> Timestamp? {
        let words = text.split(separator: " ")
        guard words.count == 6, words[5] == "GMT", words[1].utf8.count == 2, words[3].utf8.count == 4,
            words[4].utf8.count == 8, let month = months.firstIndex(of: words[2])
        else { return nil }
        let number = month < 9 ? "0\(month + 1)" : "\(month + 1)"
        return Timestamp(parsing: "\(words[3])-\(number)-\(words[1])T\(words[4]).000Z")
    }

    private static let months: [Substring] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}
