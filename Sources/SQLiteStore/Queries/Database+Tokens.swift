import ConfigAccess
import ConfigModel
import ConfigStore
import GRDB

/// Each change is one transaction with the rise of the number.
extension Database {
    func accessNumber() throws -> Int64 { try setting("access").flatMap { Int64($0) } ?? 0 }

    func authenticationRule() throws -> AuthenticationRule {
        try AuthenticationRule(stored: try setting("authentication"))
    }

    /// Lets the registry read identities again, and says whether callers need a credential.
    func raiseAccess(_ rule: AuthenticationRule? = nil) throws {
        if let rule { try set("authentication", to: rule.rawValue) }
        try set("access", to: String(try accessNumber() + 1))
    }

    /// Every token, or one; and why others cannot be read, by identifier.
    func accessTokens(_ id: String? = nil) throws -> (tokens: [AccessToken], unreadable: [String: String]) {
        let rows = try Row.fetchCursor(
            self, sql: "SELECT * FROM tokens\(id == nil ? "" : " WHERE id = ?") ORDER BY created_at, id",
            arguments: id.map { [$0] } ?? [])
        var tokens: [AccessToken] = []
        var unreadable: [String: String] = [:]
        while let row = try rows.next() {
            do throws(RowFault) {
                tokens.append(try AccessToken(row))
            } catch {
                unreadable[(try? row.text("id")) ?? "?"] = error.description
            }
        }
        return (tokens, unreadable)
    }

    private func accessToken(_ id: String) throws -> AccessToken? {
        let (tokens, unreadable) = try accessTokens(id)
        if let reason = unreadable.values.first {
            throw StoreError.invalid("The token \(id) in the embedded store is damaged: \(reason).")
        }
        return tokens.first
    }

    func addToken(_ token: AccessToken, limit: Int) throws -> TokenAddition {
        if try accessToken(token.id)?.hash != token.hash {
            if let binding = try binding(of: token.name), binding != NameBinding(token) { return binding.refusal }
            guard try livingTokens(at: token.createdAt) < Int64(limit) else { return .tooMany }
            try insert(token)
        }
        try raiseAccess(.required)
        return .added
    }

    /// False when an administrator of everything is living.
    func addFirstToken(_ token: AccessToken) throws -> Bool {
        if try accessToken(token.id)?.hash != token.hash {
            let isThere = try accessTokens().tokens.contains {
                $0.grants.contains(.administrator) && $0.isLiving(at: token.createdAt)
            }
            if isThere { return false }
            if let binding = try binding(of: token.name), binding != NameBinding(token) {
                throw StoreError.invalid("The name '\(token.name)' belongs to other grants.")
            }
            try insert(token)
        }
        try raiseAccess(.required)
        return true
    }

    /// False when it was revoked before or does not exist.
    func revokeToken(_ id: String, at time: Timestamp, by identity: String) throws -> Bool {
        guard let token = try accessToken(id) else { return false }
        // Also when nothing changes: the caller wants it to hold everywhere soon.
        try raiseAccess()
        if token.revokedAt != nil { return token.revokedAt == time && token.revokedBy == identity }
        try execute(
            sql: "UPDATE tokens SET revoked_at = ?, revoked_by = ? WHERE id = ?",
            arguments: [time.milliseconds, AnyText(identity), id])
        return true
    }

    func limitToken(_ id: String, to end: Timestamp) throws {
        try execute(
            sql: "UPDATE tokens SET expires_at = min(coalesce(expires_at, ?), ?) WHERE id = ?",
            arguments: [end.milliseconds, end.milliseconds, id])
        try raiseAccess()
    }

    func noteUses(_ uses: [String: Timestamp]) throws {
        let statement = try cachedStatement(
            sql: "UPDATE tokens SET last_used_at = max(coalesce(last_used_at, ?), ?) WHERE id = ?")
        for (id, time) in uses { try statement.execute(arguments: [time.milliseconds, time.milliseconds, id]) }
    }

    private func livingTokens(at now: Timestamp) throws -> Int64 {
        try Int64.fetchOne(
            self,
            sql: "SELECT count(*) FROM tokens WHERE revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ?)",
            arguments: [now.milliseconds]) ?? 0
    }

    private func binding(of name: String) throws -> NameBinding? {
        guard
            let row = try Row.fetchOne(
                self, sql: "SELECT grants, rights FROM token_names WHERE name = ?", arguments: [name])
        else { return nil }
        do throws(RowFault) {
            return try NameBinding(row)
        } catch {
            throw StoreError.invalid("What the name '\(name)' belongs to cannot be read: \(error.description).")
        }
    }

    private func insert(_ token: AccessToken) throws {
        let end = token.createdAt.milliseconds - AccessRetention.milliseconds
        try execute(sql: "DELETE FROM tokens WHERE revoked_at < ? OR expires_at < ?", arguments: [end, end])
        let binding = NameBinding(token)
        try execute(
            sql: "INSERT INTO token_names (name, grants, rights) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            arguments: [token.name, binding.grantsText, binding.rightsText])
        try execute(
            sql: "INSERT INTO tokens (\(AccessToken.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            arguments: token.arguments)
    }
}
