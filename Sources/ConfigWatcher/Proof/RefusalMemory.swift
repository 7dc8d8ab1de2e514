/// Keeps one refusal from being reported over and over.
struct RefusalMemory: Sendable {
    static let eventInterval = Duration.seconds(1)

    private var reported: Refused?
    private var eventsAllowedAt: Instant?

    /// True at most once a second.
    mutating func mayReportEvent(at now: Instant) -> Bool {
        if let eventsAllowedAt, now < eventsAllowedAt { return false }
        eventsAllowedAt = now + Self.eventInterval
        return true
    }

    /// True when the same was not the last thing that was reported of the registry.
    mutating func mayReport(_ refused: Refused) -> Bool {
        // Another history is reported once, however many versions it gets.
        let isKnown = refused.reason.isAboutEpoch ? refused.reason == reported?.reason : refused == reported
        reported = refused
        return !isKnown
    }

    /// What is proven now makes an old refusal worth reporting again.
    mutating func forget() { reported = nil }
}
