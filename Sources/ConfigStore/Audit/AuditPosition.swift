/// Where a version stands in the order in which the store got versions: greater for a later one, and the same for no other. What
/// the numbers mean is the store's affair; neither says anything about other documents but that there are some.
package struct AuditPosition: Sendable, Hashable {
    /// When the store got the version, by the store's clock and in its unit.
    package let time: Int64
    /// Which of the versions of that time it is.
    package let number: Int64

    /// Puts a position together.
    package init(time: Int64, number: Int64) {
        self.time = time
        self.number = number
    }
}

extension AuditPosition: Comparable {
    package static func < (left: AuditPosition, right: AuditPosition) -> Bool {
        (left.time, left.number) < (right.time, right.number)
    }
}

extension AuditPosition: CustomStringConvertible {
    /// The text form.
    package var description: String { "\(time)-\(number)" }

    /// Reads what a page ended with; nil for a text that no page ended with.
    package init?(parsing text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let time = Self.number(parts[0]), let number = Self.number(parts[1]) else { return nil }
        self.init(time: time, number: number)
    }

    private static func number(_ text: Substring) -> Int64? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            return nil
        }
        return Int64(text)
    }
}
