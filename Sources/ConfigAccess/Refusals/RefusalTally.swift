package import ConfigModel

/// Refusals as the access log has them: the first of its kind in a minute at once, the rest as one entry when the minute ends.
///
/// They are of the same kind when they refuse the same identity, or the same address where there is none, the same action for
/// the same reason.
package struct RefusalTally: Sendable {
    /// What becomes of a refusal.
    package enum Outcome: Sendable, Equatable {
        /// These are to be logged now.
        case log([AccessLogEntry])
        /// It is in the entry that comes when the minute ends.
        case counted
        /// Too many kinds are known.
        case lost
    }

    /// How long refusals of a kind are gathered, in milliseconds.
    package static let period: Int64 = 60_000

    private struct Kind: Hashable {
        let source: String
        let action: String
        let type: String

        init(_ refusal: AccessLogEntry) {
            // Neither has a blank.
            source = refusal.identity ?? " \(refusal.address ?? "")"
            action = refusal.action
            type = refusal.type
        }
    }

    private struct Minute {
        let end: Timestamp
        /// All but the first.
        var rest: AccessLogEntry?

        mutating func count(_ refusal: AccessLogEntry) {
            guard var rest else {
                self.rest = refusal
                return
            }
            rest.count += refusal.count
            // One entry names what it concerns only when that is the same for all.
            if rest.subject != refusal.subject { rest.subject = nil }
            if rest.address != refusal.address { rest.address = nil }
            self.rest = rest
        }
    }

    private let capacity: Int
    private var minutes: [Kind: Minute] = [:]

    /// - Parameter capacity: how many kinds are known at a time.
    package init(capacity: Int = 10_000) { self.capacity = capacity }

    /// Takes a refusal.
    package mutating func note(_ refusal: AccessLogEntry) -> Outcome {
        let kind = Kind(refusal)
        if let minute = minutes[kind], refusal.at < minute.end {
            minutes[kind]?.count(refusal)
            return .counted
        }
        let rest = minutes.removeValue(forKey: kind)?.rest
        guard minutes.count < capacity else { return .lost }
        minutes[kind] = Minute(end: Timestamp(milliseconds: refusal.at.milliseconds + Self.period))
        return .log([rest, refusal].compactMap { $0 })
    }

    /// Ends the minutes that are over.
    ///
    /// - Parameter now: nil ends all.
    /// - Returns: what is to be logged, in the order in which it happened.
    package mutating func end(at now: Timestamp?) -> [AccessLogEntry] {
        let ended = minutes.filter { minute in now.map { minute.value.end <= $0 } ?? true }
        for kind in ended.keys { minutes[kind] = nil }
        return ended.values.compactMap(\.rest).sorted { $0.at < $1.at }
    }

    /// When the next minute ends; nil when none has begun.
    package var nextEnd: Timestamp? { minutes.values.map(\.end).min() }
}
