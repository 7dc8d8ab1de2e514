import ConfigModel

/// The time until it is known what to run first.
struct StartPhase: Sendable {
    private let policy: StartPolicy
    /// Layers that have not been read yet.
    private(set) var unread: Set<Layer>
    /// What ran last, from disk.
    private(set) var cached: DocumentLayers?
    /// When that was last proven to be the newest.
    private(set) var cachedProof: Instant?
    /// How old that proof was at the start.
    private(set) var cachedAge = Duration.zero
    private var cachedUntil: Instant?
    /// The source was not reached in time, so that what is in the cache runs.
    private(set) var usesCache = false
    /// When the time for the first read ends.
    private(set) var deadline: Instant?
    /// Why they have not been read; nil when that is not known.
    private(set) var obstacle: String?

    init(policy: StartPolicy, layers: Set<Layer>) {
        self.policy = policy
        unread = layers
    }

    /// True when what is known may run.
    var isReady: Bool { unread.isEmpty || usesCache }

    mutating func begin(at now: Instant) {
        switch policy {
        case .requireFresh: deadline = nil
        case .allowStale(_, let patience): deadline = now + patience
        case .failUnlessFresh(let limit): deadline = now + limit
        }
    }

    /// Takes what ran last, together with the age of the last proof that it was the newest.
    mutating func restore(_ layers: DocumentLayers, age: Duration, at now: Instant) {
        guard case .allowStale(let limit, _) = policy else { return }
        cached = layers
        cachedProof = now - age
        cachedAge = age
        cachedUntil = limit.map { now - age + $0 }
    }

    /// A layer has been read.
    mutating func markRead(_ layer: Layer) { unread.remove(layer) }

    /// What the cache may give at this moment.
    func usable(at now: Instant) -> DocumentLayers? {
        if let cachedUntil, cachedUntil < now { return nil }
        return cached
    }

    /// The registry did not answer.
    mutating func unreachable(_ reason: String, at now: Instant) {
        obstacle = reason
        if !isReady, usable(at: now) != nil { usesCache = true }
    }

    /// Patience may have ended; returns how long it was when that ends the watcher.
    mutating func tick(at now: Instant, isProvenRunning: Bool) -> Duration? {
        guard let deadline, deadline <= now else { return nil }
        self.deadline = nil
        if case .failUnlessFresh(let limit) = policy, !isProvenRunning {
            return limit
        }
        if !isReady, usable(at: now) != nil { usesCache = true }
        return nil
    }
}
