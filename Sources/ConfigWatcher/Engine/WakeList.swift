/// The ticks that are on their way, so that no more are ordered than needed: a new one only when it has to come before all
/// others.
struct WakeList: Sendable {
    private var ordered: [Instant] = []

    /// Answers the moment when it has to be ordered.
    mutating func order(_ moment: Instant?) -> Instant? {
        guard let moment, ordered.allSatisfy({ moment < $0 }) else { return nil }
        ordered.append(moment)
        return moment
    }

    /// Ticks up to this moment have come.
    mutating func tick(at now: Instant) { ordered.removeAll { $0 <= now } }
}
