import ConfigModel
import RegistryClient

extension DocumentTree {
    /// The documents as they shall be. A schema of which no export says what is checked with it is
    /// a bare content.
    var changes: [WantedChange] {
        documents.map { key, content in
            guard key.isReserved, let checks = manifest?.checks[key.service],
                let schema = try? content.object
            else { return WantedChange(key: key, operation: .content(content)) }
            return WantedChange(
                key: key, operation: .schema(SchemaDocument(schema: .object(schema), checks: checks)))
        }
    }
}

extension [WantedChange] {
    /// The same with what is checked with each schema: where nothing says it, what is checked now.
    func withChecks(_ client: RegistryClient) async throws -> [WantedChange] {
        try await concurrentMap(atMost: 8) { change in
            guard change.key.isReserved, case .content(let schema) = change.operation else { return change }
            let present = try await client.presentSchema(of: change.key.service)
            let document = SchemaDocument(
                schema: .object(try schema.object), checks: present?.document.checks ?? .each)
            return WantedChange(key: change.key, operation: .schema(document))
        }
    }
}
