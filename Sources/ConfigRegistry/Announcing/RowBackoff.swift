import AsyncSupport
import ConfigStore

/// Versions that the bus refused, and when each may be tried again, so that one never holds up another.
struct RowBackoff {
    private struct Row {
        var pause: Backoff
        var until: ContinuousClock.Instant
    }

    private var rows: [VersionIdentity: Row] = [:]

    var count: Int { rows.count }

    func isPausing(_ version: VersionIdentity, at now: ContinuousClock.Instant) -> Bool {
        rows[version].map { $0.until > now } ?? false
    }

    mutating func refused(_ version: VersionIdentity, at now: ContinuousClock.Instant) {
        var pause = rows[version]?.pause ?? Backoff(from: .seconds(4), upTo: .seconds(300))
        let length = pause.next()
        rows[version] = Row(pause: pause, until: now + length)
    }

    mutating func forget(_ versions: [VersionIdentity]) { for version in versions { rows[version] = nil } }

    /// Forgets all that are not in the set.
    mutating func keep(_ versions: Set<VersionIdentity>) { rows = rows.filter { versions.contains($0.key) } }
}
