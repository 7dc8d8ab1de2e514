package import ConfigModel

/// A moment as HTTP writes it: `Fri, 20 Nov 2026 21:30:00 GMT` (RFC 9110, section 5.6.7).
package struct HTTPDate: Sendable, CustomStringConvertible {
    /// The moment.
    package let timestamp: Timestamp

    /// Writes a moment.
    package init(_ timestamp: Timestamp) { self.timestamp = timestamp }

    package var description: String {
        // The timestamp's own form is of fixed width: 2026-11-20T21:30:00.123Z
        let text = Array(timestamp.description.utf8)
        func part(_ range: Range<Int>) -> String { String(decoding: text[range], as: UTF8.self) }
        let month = Int(part(5..<7)).map { Self.months[$0 - 1] } ?? ""
        return "\(weekday), \(part(8..<10)) \(month) \(part(0..<4)) \(part(11..<19)) GMT"
    }

    private var weekday: String {
        let day = timestamp.milliseconds / 86_400_000 - (timestamp.milliseconds % 86_400_000 < 0 ? 1 : 0)
        // 1970-01-01 was a Thursday.
        return Self.weekdays[Int(((day + 4) % 7 + 7) % 7)]
    }

    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
}
