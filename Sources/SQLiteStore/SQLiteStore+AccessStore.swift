package import ConfigAccess
package import ConfigModel
package import ConfigStore

extension SQLiteStore {
    package func tokens() async throws(StoreError) -> [AccessToken] {
        let found = try await read { try $0.accessTokens() }
        unreadable.log(found.unreadable)
        return found.tokens
    }

    package func token(_ id: String) async throws(StoreError) -> AccessToken? {
        try await read { try $0.accessTokens(id).tokens.first }
    }

    package func addToken(_ token: AccessToken, limit: Int) async throws(StoreError) -> TokenAddition {
        try await write { try $0.addToken(token, limit: limit) }
    }

    package func addFirstToken(_ token: AccessToken) async throws(StoreError) -> Bool {
        try await write { try $0.addFirstToken(token) }
    }

    package func revokeToken(_ id: String, at time: Timestamp, by identity: String) async throws(StoreError) -> Bool {
        try await write { try $0.revokeToken(id, at: time, by: identity) }
    }

    package func limitToken(_ id: String, to end: Timestamp) async throws(StoreError) {
        try await write { try $0.limitToken(id, to: end) }
    }

    package func noteUses(_ uses: [String: Timestamp]) async throws(StoreError) {
        guard !uses.isEmpty else { return }
        try await write { try $0.noteUses(uses) }
    }

    package func denials() async throws(StoreError) -> [Denial] { try await read { try $0.allDenials() } }

    package func addDenial(_ denial: Denial, limit: Int) async throws(StoreError) -> Bool {
        try await write { try $0.addDenial(denial, limit: limit) }
    }

    package func removeDenial(_ id: String) async throws(StoreError) -> Bool {
        try await write { try $0.removeDenial(id) }
    }

    package func setAuthentication(_ rule: AuthenticationRule) async throws(StoreError) {
        try await write { try $0.raiseAccess(rule) }
    }

    package func appendAccessLog(_ entries: [AccessLogEntry]) async throws(StoreError) {
        guard !entries.isEmpty else { return }
        try await write { try $0.appendAccessLog(entries) }
    }

    package func accessLog(_ query: AccessLogQuery) async throws(StoreError) -> AccessLogPage {
        try await read { try $0.accessLog(query) }
    }
}
