/// When a document with a time to live is read: decisions only, no input and no output.
///
/// Nothing is read unless something accesses it. An access finds the document fresh; old enough to be refreshed behind,
/// which it then begins; or expired, so that a caller who can wait does. A refresh that failed is not repeated before a pause
/// that grows, whatever is accessed meanwhile.
struct RefreshSchedule: Sendable {
    private static let firstPause = Duration.seconds(1)
    private static let longestPause = Duration.seconds(30)

    private let ttl: Duration
    private let refreshAge: Duration
    /// What was read last was true at this moment; nil before.
    private var provenAt: Instant?
    private var failures = 0
    private var notBefore: Instant
    private(set) var isRefreshing = false

    typealias Instant = ContinuousClock.Instant

    /// - Parameters:
    ///   - ttl: for how long a document counts after it was read.
    ///   - refreshAhead: the part of it after which an access begins a refresh.
    ///   - now: the present moment.
    init(ttl: Duration, refreshAhead: Double, now: Instant) {
        self.ttl = ttl
        refreshAge = ttl * refreshAhead
        notBefore = now
    }

    /// From when on an access begins a refresh; nil while one is under way.
    var due: Instant? {
        if isRefreshing { return nil }
        return provenAt.map { max($0 + refreshAge, notBefore) } ?? notBefore
    }

    /// True when what is known is older than it may be, or nothing is.
    func isExpired(at now: Instant) -> Bool { provenAt.map { now - $0 >= ttl } ?? true }

    /// Something accesses the document; true when a refresh has to be made.
    mutating func begin(at now: Instant) -> Bool {
        guard let due, due <= now else { return false }
        isRefreshing = true
        return true
    }

    /// A refresh was answered.
    ///
    /// - Parameter moment: before it was sent.
    mutating func succeeded(since moment: Instant) {
        isRefreshing = false
        failures = 0
        provenAt = moment
    }

    /// A refresh was not answered.
    ///
    /// - Parameter spread: how much of the pause is waited, so that instances which failed together return one by one.
    mutating func failed(at now: Instant, spread: Double = .random(in: 0.8...1.2)) {
        isRefreshing = false
        let pause = min(ttl, Self.firstPause * (1 << min(failures, 5)), Self.longestPause)
        failures += 1
        notBefore = now + pause * spread
    }
}
