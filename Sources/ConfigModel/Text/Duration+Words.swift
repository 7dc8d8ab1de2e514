extension Duration {
    /// As a person reads and types it: `0.3 ms`, `250 ms`, `1.5 s`, `30 s`, `2 min`, `1 h 5 min`.
    package var words: String {
        let (seconds, attoseconds) = components
        guard seconds >= 0, attoseconds >= 0 else { return "-\((.zero - self).words)" }
        if seconds == 0 {
            let microseconds = attoseconds / 1_000_000_000_000
            return microseconds < 10_000 ? "\(Self.tenths(microseconds, of: 1_000)) ms" : "\(microseconds / 1_000) ms"
        }
        let milliseconds = attoseconds / 1_000_000_000_000_000
        if seconds < 60 { return "\(Self.tenths(seconds * 1_000 + milliseconds, of: 1_000)) s" }
        if seconds < 3_600 { return "\(seconds / 60) min" + (seconds % 60 == 0 ? "" : " \(seconds % 60) s") }
        return "\(seconds / 3_600) h" + (seconds % 3_600 < 60 ? "" : " \(seconds % 3_600 / 60) min")
    }

    /// One decimal, where it is not 0.
    private static func tenths(_ value: Int64, of unit: Int64) -> String {
        let tenths = (value * 10 + unit / 2) / unit
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    }
}
