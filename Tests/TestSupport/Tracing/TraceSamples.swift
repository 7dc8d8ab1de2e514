/// What a `traceparent` can be.
package enum TraceSamples {
    /// The trace of `valid`.
    package static let traceID = "4bf92f3577b34da6a3ce929d0e0e4736"
    /// The span that `valid` names.
    package static let spanID = "00f067aa0ba902b7"
    /// One that counts.
    package static let valid = "00-\(traceID)-\(spanID)-01"

    /// Those that are ignored.
    package static let invalid = [
        "", "-", "00", "4bf92f3577b34da6a3ce929d0e0e4736",
        // Another version, or none.
        "01-\(traceID)-\(spanID)-01", "ff-\(traceID)-\(spanID)-01", "0-\(traceID)-\(spanID)-01",
        "-\(traceID)-\(spanID)-01",
        // All zero.
        "00-00000000000000000000000000000000-\(spanID)-01", "00-\(traceID)-0000000000000000-01",
        // Upper case.
        "00-\(traceID.uppercased())-\(spanID)-01", "00-\(traceID)-\(spanID.uppercased())-01",
        "00-\(traceID)-\(spanID)-0A",
        // Too short, too long, something behind it.
        "00-\(traceID.dropLast())-\(spanID)-01", "00-\(traceID)a-\(spanID)-01", "00-\(traceID)-\(spanID.dropLast())-01",
        "00-\(traceID)-\(spanID)a-01", "00-\(traceID)-\(spanID)-1", "00-\(traceID)-\(spanID)-01-",
        "00-\(traceID)-\(spanID)-01-what-comes-later",
        // Other characters, other separators.
        "00-\(traceID.dropLast())g-\(spanID)-01", "00-\(traceID)-\(spanID)-xy", "00_\(traceID)_\(spanID)_01",
        "00 \(traceID) \(spanID) 01", "00-\(traceID)-\(spanID)",
    ]
}
