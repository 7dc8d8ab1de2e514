import ConfigAccess
import ConfigModel
import ConfigStore

// `AccessStore`.
extension MeasuredStore {
    func tokens() async throws(StoreError) -> [AccessToken] {
        try await calling(.access) { () throws(StoreError) in try await store.tokens() }
    }

    func token(_ id: String) async throws(StoreError) -> AccessToken? {
        try await calling(.access) { () throws(StoreError) in try await store.token(id) }
    }

    func denials() async throws(StoreError) -> [Denial] {
        try await calling(.access) { () throws(StoreError) in try await store.denials() }
    }

    func addToken(_ token: AccessToken, limit: Int) async throws(StoreError) -> TokenAddition {
        try await calling(.changeAccess) { () throws(StoreError) in try await store.addToken(token, limit: limit) }
    }

    func addFirstToken(_ token: AccessToken) async throws(StoreError) -> Bool {
        try await calling(.changeAccess) { () throws(StoreError) in try await store.addFirstToken(token) }
    }

    func revokeToken(_ id: String, at: Timestamp, by identity: String) async throws(StoreError) -> Bool {
        try await calling(.changeAccess) { () throws(StoreError) in
            try await store.revokeToken(id, at: at, by: identity)
        }
    }

    func limitToken(_ id: String, to end: Timestamp) async throws(StoreError) {
        try await calling(.changeAccess) { () throws(StoreError) in try await store.limitToken(id, to: end) }
    }

    func addDenial(_ denial: Denial, limit: Int) async throws(StoreError) -> Bool {
        try await calling(.changeAccess) { () throws(StoreError) in try await store.addDenial(denial, limit: limit) }
    }

    func removeDenial(_ id: String) async throws(StoreError) -> Bool {
        try await calling(.changeAccess) { () throws(StoreError) in try await store.removeDenial(id) }
    }

    func setAuthentication(_ rule: AuthenticationRule) async throws(StoreError) {
        try await calling(.changeAccess) { () throws(StoreError) in try await store.setAuthentication(rule) }
    }

    func noteUses(_ uses: [String: Timestamp]) async throws(StoreError) {
        try await calling(.noteUses) { () throws(StoreError) in try await store.noteUses(uses) }
    }

    func appendAccessLog(_ entries: [AccessLogEntry]) async throws(StoreError) {
        try await calling(.appendAccessLog) { () throws(StoreError) in try await store.appendAccessLog(entries) }
    }

    func accessLog(_ query: AccessLogQuery) async throws(StoreError) -> AccessLogPage {
        try await calling(.accessLog) { () throws(StoreError) in try await store.accessLog(query) }
    }
}
