import ConfigStore

/// Since when versions are seen unannounced, by the monotonic clock of this process: the clock of the store may have been
/// wrong when it stored them.
struct Sightings {
    private var firstSeen: [VersionIdentity: ContinuousClock.Instant] = [:]

    /// Those that were seen for this long, of what is there now; everything else is forgotten.
    mutating func seen(
        _ versions: [VersionIdentity], for age: Duration, at now: ContinuousClock.Instant
    ) -> [VersionIdentity] {
        var next: [VersionIdentity: ContinuousClock.Instant] = [:]
        next.reserveCapacity(versions.count)
        for version in versions { next[version] = firstSeen[version] ?? now }
        firstSeen = next
        return versions.filter { next[$0].map { $0 + age <= now } ?? false }
    }

    /// When the oldest was seen first.
    var oldest: ContinuousClock.Instant? { firstSeen.values.min() }
}
