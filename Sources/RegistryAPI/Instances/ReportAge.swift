import ConfigModel

/// How long ago something was when a report was sent, in milliseconds to the tenth.
///
/// Ages are measured by one clock that never jumps, so that no wall clock is compared with another.
enum ReportAge {
    /// Ten years: longer than any process runs.
    static let longestMilliseconds: Int64 = 10 * 366 * 86_400_000

    /// An age to the tenth of a millisecond; nil when it is negative or too long.
    static func duration(milliseconds: Double) -> Duration? {
        guard milliseconds >= 0, milliseconds <= Double(longestMilliseconds) else { return nil }
        return .microseconds(Int64((milliseconds * 10).rounded()) * 100)
    }

    /// The number that is written.
    static func number(_ age: Duration) -> JSONValue {
        let (seconds, attoseconds) = age.components
        let tenths = max(0, seconds * 10_000 + attoseconds / 100_000_000_000_000)
        return .number(
            tenths.isMultiple(of: 10) ? JSONNumber(tenths / 10) : JSONNumber(literal: "\(tenths / 10).\(tenths % 10)"))
    }
}
