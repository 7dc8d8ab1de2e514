/// What store and transport alone take, measured in the same run.
struct FloorFigures: Sendable {
    /// One durable insert.
    var insert = LatencyHistogram()
    /// Until the last receiver has the bytes of one message.
    var publishConsume = LatencyHistogram()
    /// Both, one after the other.
    var total = LatencyHistogram()
    var writes = 0
    var duration = Duration.zero

    var writesPerSecond: Double { Double(writes) / duration.inSeconds }
}

extension Duration {
    var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
