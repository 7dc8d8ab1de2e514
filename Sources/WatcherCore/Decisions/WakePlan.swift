/// The next tick that is on its way, so that no more are ordered than needed: a new one only when it has to come before it.
struct WakePlan: Sendable {
    private var ordered: Instant?

    /// Returns the moment when it has to be ordered.
    mutating func order(_ moment: Instant?) -> Instant? {
        guard let moment, ordered.map({ moment < $0 }) ?? true else { return nil }
        ordered = moment
        return moment
    }

    /// Ticks up to this moment have come.
    mutating func tick(at now: Instant) {
        if let moment = ordered, moment <= now { ordered = nil }
    }
}
