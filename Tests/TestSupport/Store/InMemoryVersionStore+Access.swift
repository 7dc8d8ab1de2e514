package import ConfigAccess
package import ConfigModel
package import ConfigStore
import Synchronization

extension InMemoryVersionStore {
    package func tokens() async throws(StoreError) -> [AccessToken] { try await readAccess { $0.sortedTokens } }

    package func token(_ id: String) async throws(StoreError) -> AccessToken? { try await readAccess { $0.tokens[id] } }

    package func addToken(_ token: AccessToken, limit: Int) async throws(StoreError) -> TokenAddition {
        try await changeAccess { $0.add(token, limit: limit) }
    }

    package func addFirstToken(_ token: AccessToken) async throws(StoreError) -> Bool {
        try await changeAccess { $0.addFirst(token) }.get()
    }

    package func revokeToken(_ id: String, at time: Timestamp, by identity: String) async throws(StoreError) -> Bool {
        try await changeAccess { $0.revoke(id, at: time, by: identity) }
    }

    package func limitToken(_ id: String, to end: Timestamp) async throws(StoreError) {
        try await changeAccess { $0.limit(id, to: end) }
    }

    package func noteUses(_ uses: [String: Timestamp]) async throws(StoreError) {
        try await changeAccess { $0.noteUses(uses) }
    }

    package func denials() async throws(StoreError) -> [Denial] { try await readAccess { $0.sortedDenials } }

    package func addDenial(_ denial: Denial, limit: Int) async throws(StoreError) -> Bool {
        try await changeAccess { $0.add(denial, limit: limit) }
    }

    package func removeDenial(_ id: String) async throws(StoreError) -> Bool {
        try await changeAccess { $0.removeDenial(id) }
    }

    package func setAuthentication(_ rule: AuthenticationRule) async throws(StoreError) {
        try await changeAccess { $0.raise(rule) }
    }

    package func appendAccessLog(_ entries: [AccessLogEntry]) async throws(StoreError) {
        try faults.beforeLogEntry()
        try await changeAccess { $0.append(entries) }
    }

    package func accessLog(_ query: AccessLogQuery) async throws(StoreError) -> AccessLogPage {
        try await readAccess { $0.entries(query) }
    }

    private func readAccess<Value: Sendable>(
        _ body: (InMemoryAccess) -> Value
    ) async throws(StoreError) -> Value {
        try await faults.beforeRead()
        faults.noteAccessRead()
        return state.withLock { body($0.access) }
    }

    private func changeAccess<Value: Sendable>(
        _ body: (inout InMemoryAccess) -> Value
    ) async throws(StoreError) -> Value {
        try faults.requirePresent()
        return state.withLock { body(&$0.access) }
    }
}
