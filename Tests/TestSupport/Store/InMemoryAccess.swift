import ConfigAccess
import ConfigModel
import ConfigStore

/// The identities that an in-memory store holds.
struct InMemoryAccess: Sendable {
    var tokens: [String: AccessToken] = [:]
    var names: [String: NameBinding] = [:]
    var denials: [Denial.Subject: Denial] = [:]
    var rule = AuthenticationRule.optional
    var number: Int64 = 0
    var log: [(position: AccessLogPosition, entry: AccessLogEntry)] = []

    var sortedTokens: [AccessToken] {
        tokens.values.sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
    }

    var sortedDenials: [Denial] {
        denials.values.sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
    }

    mutating func raise(_ rule: AuthenticationRule? = nil) {
        number += 1
        self.rule = rule ?? self.rule
    }

    mutating func add(_ token: AccessToken, limit: Int) -> TokenAddition {
        if tokens[token.id]?.hash != token.hash {
            if let binding = names[token.name], binding != NameBinding(token) { return binding.refusal }
            guard tokens.values.count(where: { $0.isLiving(at: token.createdAt) }) < limit else { return .tooMany }
            insert(token)
        }
        raise(.required)
        return .added
    }

    mutating func addFirst(_ token: AccessToken) -> Result<Bool, StoreError> {
        if tokens[token.id]?.hash != token.hash {
            let isThere = tokens.values.contains {
                $0.grants.contains(.administrator) && $0.isLiving(at: token.createdAt)
            }
            if isThere { return .success(false) }
            if let binding = names[token.name], binding != NameBinding(token) {
                return .failure(.invalid("The name '\(token.name)' belongs to other grants."))
            }
            insert(token)
        }
        raise(.required)
        return .success(true)
    }

    private mutating func insert(_ token: AccessToken) {
        let end = token.createdAt.milliseconds - AccessRetention.milliseconds
        tokens = tokens.filter { !$0.value.ended(before: end) }
        names[token.name] = NameBinding(token)
        tokens[token.id] = token
    }

    mutating func revoke(_ id: String, at time: Timestamp, by identity: String) -> Bool {
        guard let token = tokens[id] else { return false }
        raise()
        if token.revokedAt != nil { return token.revokedAt == time && token.revokedBy == identity }
        tokens[id]?.revokedAt = time
        tokens[id]?.revokedBy = identity
        return true
    }

    mutating func limit(_ id: String, to end: Timestamp) {
        if let token = tokens[id] { tokens[id]?.expiresAt = min(token.expiresAt ?? end, end) }
        raise()
    }

    mutating func noteUses(_ uses: [String: Timestamp]) {
        for (id, time) in uses {
            if let token = tokens[id] { tokens[id]?.lastUsedAt = max(token.lastUsedAt ?? time, time) }
        }
    }

    mutating func add(_ denial: Denial, limit: Int) -> Bool {
        let others = denials.values.count { $0.subject != denial.subject && $0.counts(at: denial.createdAt) }
        guard others < limit else { return false }
        let end = Timestamp(milliseconds: denial.createdAt.milliseconds - AccessRetention.milliseconds)
        denials = denials.filter { $0.value.counts(at: end) }
        denials[denial.subject] = denial
        raise()
        return true
    }

    mutating func removeDenial(_ id: String) -> Bool {
        raise()
        guard let denial = denials.values.first(where: { $0.id == id }) else { return false }
        denials[denial.subject] = nil
        return true
    }

    mutating func append(_ entries: [AccessLogEntry]) {
        log += zip(AccessLogPosition.new(for: entries), entries).map { (position: $0, entry: $1) }
    }

    func entries(_ query: AccessLogQuery) -> AccessLogPage {
        let (from, before) = query.positions
        let rows = log.sorted { $0.position.text > $1.position.text }.filter { row in
            (from.map { row.position.text >= $0 } ?? true) && (before.map { row.position.text < $0 } ?? true)
                && (query.identity.map { row.entry.identity == $0 } ?? true)
                && (query.action.map { row.entry.action == $0 } ?? true)
                && (query.type.map { row.entry.type == $0 } ?? true)
        }
        let page = rows.prefix(max(1, query.limit))
        return AccessLogPage(
            entries: page.map(\.entry), next: rows.count > page.count ? page.last?.position.text : nil)
    }
}

extension AccessToken {
    fileprivate func ended(before milliseconds: Int64) -> Bool {
        [revokedAt, expiresAt].contains { $0.map { $0.milliseconds < milliseconds } ?? false }
    }
}
