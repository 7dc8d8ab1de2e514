/// How long after it was sent what happened to an update.
package struct UpdateFigures: Sendable {
    /// The response was received.
    package var stored = LatencyHistogram()
    /// The bus had confirmed it.
    package var announced = LatencyHistogram()
    /// A watcher had all its bytes; one value a watcher.
    package var received = LatencyHistogram()
    /// A watcher's readers see it; one value a watcher.
    package var applied = LatencyHistogram()
    /// The last watcher had all its bytes.
    package var lastReceived = LatencyHistogram()
    /// The last watcher's readers see it.
    package var lastWatcher = LatencyHistogram()

    /// Takes what is known about one update.
    mutating func add(_ update: UpdateTimes, sentAt: ContinuousClock.Instant) {
        update.storedAt.map { stored.record($0 - sentAt) }
        update.announcedAt.map { announced.record($0 - sentAt) }
        for moment in update.received { received.record(moment - sentAt) }
        for moment in update.applied { applied.record(moment - sentAt) }
        update.received.max().map { lastReceived.record($0 - sentAt) }
        update.applied.max().map { lastWatcher.record($0 - sentAt) }
    }
}

/// What happened to one update, and when.
struct UpdateTimes: Sendable {
    var sentAt: ContinuousClock.Instant?
    var storedAt: ContinuousClock.Instant?
    var announcedAt: ContinuousClock.Instant?
    var received: [ContinuousClock.Instant] = []
    var applied: [ContinuousClock.Instant] = []
}
