/// Keeps one refusal from being reported over and over: each version is reported once for each cause, whatever source it came
/// from and however often.
struct RefusalMemory: Sendable {
    static let eventInterval = Duration.seconds(1)
    /// So many causes are remembered of each: events and the registry. Forgeries on the bus push out forgeries only.
    static let capacity = 16

    /// What was refused, without who said it.
    private struct Cause: Sendable, Equatable {
        let version: Int64
        let contentHash: String?
        let reason: Refusal

        init(_ refused: Refused) {
            (version, contentHash, reason) = (refused.version, refused.contentHash, refused.reason)
        }

        /// Another history is one cause, however many versions it gets.
        func covers(_ other: Cause) -> Bool { reason.isAboutEpoch ? reason == other.reason : self == other }
    }

    private var ofEvents: [Cause] = []
    private var ofRegistry: [Cause] = []
    private var eventsAllowedAt: Instant?

    /// True when this was not reported before.
    mutating func mayReport(_ refused: Refused) -> Bool {
        let cause = Cause(refused)
        guard !(ofRegistry + ofEvents).contains(where: { $0.covers(cause) }) else { return false }
        if refused.source == .event { Self.add(cause, to: &ofEvents) } else { Self.add(cause, to: &ofRegistry) }
        return true
    }

    /// True when this was not reported before, and nothing else that an event said within a second.
    mutating func mayReportEvent(_ refused: Refused, at now: Instant) -> Bool {
        if let eventsAllowedAt, now < eventsAllowedAt { return false }
        guard mayReport(refused) else { return false }
        eventsAllowedAt = now + Self.eventInterval
        return true
    }

    /// The registry is as it should be: when it is not once more, that is news. What is wrong with a version stays wrong.
    mutating func forgetState() {
        ofRegistry.removeAll(where: \.reason.isAboutState)
    }

    private static func add(_ cause: Cause, to causes: inout [Cause]) {
        if causes.count == capacity { causes.removeFirst() }
        causes.append(cause)
    }
}
