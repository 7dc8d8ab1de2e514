package import ConfigAccess
package import ConfigModel

/// Where an entry stands in the access log: a text that is greater for a later entry, and that no other entry has. It is the
/// same in every store, so that a page is continued where it ended whichever registry answers.
package struct AccessLogPosition: Sendable, Hashable {
    private static let timeLength = 15
    private static let length = timeLength + 1 + 8 + 1 + 6

    /// What a store keeps, and what a page ends with.
    package let text: String

    /// Positions for entries that are added together, in their order.
    package static func new(for entries: [AccessLogEntry]) -> [AccessLogPosition] {
        let batch = UUIDText.random().prefix(8)
        return entries.enumerated().map { number, entry in
            AccessLogPosition(text: "\(start(of: entry.at))-\(batch)-\(padded(Int64(number), to: 6))")
        }
    }

    /// What comes before every entry of this time and behind all earlier ones.
    package static func start(of time: Timestamp) -> String { padded(max(0, time.milliseconds), to: timeLength) }

    private init(text: String) { self.text = text }

    /// Reads what a page ended with; nil for a text that no page ended with.
    package init?(parsing text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard text.utf8.count == Self.length, parts.map(\.utf8.count) == [Self.timeLength, 8, 6],
            text.utf8.allSatisfy({ "0123456789abcdef-".utf8.contains($0) })
        else { return nil }
        self.text = text
    }

    private static func padded(_ number: Int64, to length: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, length - digits.utf8.count)) + digits
    }
}

extension AccessLogQuery {
    /// The positions that are wanted: from the first of them to the one behind the last, either open.
    package var positions: (from: String?, before: String?) {
        let bounds = [until.map(AccessLogPosition.start), after].compactMap(\.self)
        return (since.map(AccessLogPosition.start), bounds.min())
    }
}
