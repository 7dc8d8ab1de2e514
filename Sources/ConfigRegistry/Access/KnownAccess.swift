import ConfigAccess
import ConfigStore

/// What a registry knows about identities: what it read last, and what it changed itself since that read began.
struct KnownAccess: Sendable {
    /// A change that this registry made.
    typealias Change = @Sendable (inout AccessTable) -> Void

    private(set) var table = AccessTable()
    private(set) var rule = AuthenticationRule.optional
    private var ruleReadAt: ContinuousClock.Instant?
    /// The number that the store had before the table was read; nil when the table has to be read again.
    private(set) var number: Int64?
    /// When the reading of the table began.
    private(set) var tableReadAt: ContinuousClock.Instant?
    /// When the reading began that proved the table last.
    var provenAt: ContinuousClock.Instant?
    /// What became known since the reading of the table began, in order.
    private var later: [(at: ContinuousClock.Instant, change: Change)] = []

    /// Takes the rule that was read, unless a later one is known.
    ///
    /// - Returns: true when it is another one.
    mutating func take(_ rule: AuthenticationRule, readAt moment: ContinuousClock.Instant) -> Bool {
        guard ruleReadAt.map({ $0 <= moment }) ?? true else { return false }
        defer { (self.rule, ruleReadAt) = (rule, moment) }
        return rule != self.rule
    }

    /// Takes what was read. What this registry changed after the reading began is not lost.
    ///
    /// - Returns: the table before and now, to be compared and freed where no caller waits for it.
    mutating func install(
        _ read: AccessTable, number: Int64, readAt moment: ContinuousClock.Instant
    ) -> (before: AccessTable, now: AccessTable) {
        guard tableReadAt.map({ $0 <= moment }) ?? true else { return (table, table) }
        later.removeAll { $0.at < moment }
        var table = read
        for change in later { change.change(&table) }
        // With these the number is another one by now.
        self.number = later.isEmpty ? number : nil
        tableReadAt = moment
        defer { self.table = table }
        return (self.table, table)
    }

    /// Takes a change that the store has.
    mutating func apply(_ change: @escaping Change) {
        change(&table)
        number = nil
        later.append((.now, change))
    }

    /// Takes a token that was read on its own, unless it is known by now. A reading of the table that began earlier does not
    /// take it away.
    mutating func learn(_ token: AccessToken, readAt moment: ContinuousClock.Instant) {
        let change: Change = { table in
            if table.token(token.id) == nil { table.insert(token) }
        }
        change(&table)
        later.append((moment, change))
    }
}
