package import ConfigAccess
package import ConfigModel
package import ConfigStore

extension MongoStore {
    package func tokens() async throws(StoreError) -> [AccessToken] {
        let found = try await workers.run { client throws(MongoFailure) in try client.tokens() }
        unreadable.log(found.unreadable)
        return found.tokens
    }

    package func token(_ id: String) async throws(StoreError) -> AccessToken? {
        try await workers.run { client throws(MongoFailure) in try client.tokens(["_id": .string(id)]).tokens.first }
    }

    package func addToken(_ token: AccessToken, limit: Int) async throws(StoreError) -> TokenAddition {
        try await resolving { client throws(MongoFailure) in try client.addToken(token, limit: limit) }
    }

    package func addFirstToken(_ token: AccessToken) async throws(StoreError) -> Bool {
        try await resolving { client throws(MongoFailure) in try client.addFirstToken(token) }
    }

    package func revokeToken(_ id: String, at time: Timestamp, by identity: String) async throws(StoreError) -> Bool {
        try await resolving { client throws(MongoFailure) in try client.revokeToken(id, at: time, by: identity) }
    }

    package func limitToken(_ id: String, to end: Timestamp) async throws(StoreError) {
        try await resolving { client throws(MongoFailure) in try client.limitToken(id, to: end) }
    }

    package func noteUses(_ uses: [String: Timestamp]) async throws(StoreError) {
        guard !uses.isEmpty else { return }
        let uses = uses.map { (id: $0.key, at: $0.value) }
        try await workers.run { client throws(MongoFailure) in try client.noteUses(uses) }
    }

    package func denials() async throws(StoreError) -> [Denial] {
        try await workers.run { client throws(MongoFailure) in try client.denials() }
    }

    package func addDenial(_ denial: Denial, limit: Int) async throws(StoreError) -> Bool {
        try await resolving { client throws(MongoFailure) in try client.addDenial(denial, limit: limit) }
    }

    package func removeDenial(_ id: String) async throws(StoreError) -> Bool {
        let existed = try await denials().contains { $0.id == id }
        let isRemoved = try await resolving { client throws(MongoFailure) in try client.removeDenial(id) }
        // An earlier attempt may have removed it, whose answer got lost.
        return isRemoved || existed
    }

    package func setAuthentication(_ rule: AuthenticationRule) async throws(StoreError) {
        try await resolving { client throws(MongoFailure) in try client.raiseAccess(rule) }
    }

    package func appendAccessLog(_ entries: [AccessLogEntry]) async throws(StoreError) {
        guard !entries.isEmpty else { return }
        let rows = Array(zip(entries, AccessLogPosition.new(for: entries)))
        try await resolving { client throws(MongoFailure) in try client.appendAccessLog(rows) }
    }

    package func accessLog(_ query: AccessLogQuery) async throws(StoreError) -> AccessLogPage {
        try await workers.run { client throws(MongoFailure) in try client.accessLog(query) }
    }
}
