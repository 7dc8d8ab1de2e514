/// What store and transport alone take, measured in the same run.
package struct FloorFigures: Sendable {
    /// One durable insert.
    package var insert = LatencyHistogram()
    /// Until the last receiver has the bytes of one message.
    package var publishConsume = LatencyHistogram()
    /// Both, one after the other.
    package var total = LatencyHistogram()
    var writes = 0
    var duration = Duration.zero

    /// Inserts, with their messages, a second.
    package var writesPerSecond: Double { Double(writes) / duration.inSeconds }
}

extension Duration {
    /// Seconds, with their fraction.
    package var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
