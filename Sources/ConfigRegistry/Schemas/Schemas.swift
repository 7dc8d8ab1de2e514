import AsyncSupport
import ConfigModel
import ConfigStore
import SchemaValidation

/// The schemas that documents have to fit: the table of them, and those that were compiled.
struct Schemas: Sendable {
    let table: SchemaTable
    let compiled: CompiledSchemas
    let heads: SchemaHeads
    /// Where schemas are compiled, and applied when that takes long.
    let threads: CheckThreads
    /// Reads the store's state, and the table when it has changed.
    let refresh: @Sendable () async throws(StoreError) -> Void
    /// Raises the store's number for schemas.
    let noteChange: @Sendable () async throws(StoreError) -> Void
    /// A table that was proven so long ago is proven again before a document is checked.
    let proofAge: Duration

    /// The schema that a change's document has to fit: the one that is stored together with it, otherwise the present one. Nil
    /// when there is none, or when the one of its set cannot be used: the member that brings that one is refused.
    func schema(for change: CheckedChange) async throws(RegistryError) -> ServiceSchema? {
        let service = change.draft.key.service
        guard !change.companions.isEmpty else { return try await current(of: service) }
        switch change.companions[try Self.key(of: service)] {
        case .content(let content)?:
            do throws(RegistryError) {
                return try await compiled.candidate(content, for: change)
            } catch {
                guard case .invalidSchema = error else { throw error }
                return nil
            }
        case .deletion?: return nil
        case nil: return try await current(of: service)
        }
    }

    /// The schema that a document of the service has to fit; nil when there is none, which costs nothing.
    ///
    /// - Throws: `RegistryError` when that is not known, or when the schema cannot be used: nothing may be stored then.
    func current(of service: String) async throws(RegistryError) -> ServiceSchema? {
        try await requireProven()
        switch table.entry(of: service) {
        case nil, .deleted?: return nil
        case .damaged(let version)?: throw .damaged(version)
        case .version(let version, let hash)?:
            let key = try Self.key(of: service)
            do throws(RegistryError) {
                return try await compiled.stored(version, of: key, contentHash: hash)
            } catch {
                // A new epoch may have taken the version away since.
                guard case .unavailable = error, table.entry(of: service) != .version(version, contentHash: hash) else {
                    throw error
                }
                throw .unavailable("The schema of \(service) has changed a moment ago; try again. Nothing was stored.")
            }
        }
    }

    /// The values of a version's content that its schema says are no secrets: JSON pointers.
    func notSecret(in change: CheckedChange) async throws(RegistryError) -> Set<String> {
        guard !change.draft.key.isReserved, let schema = try await schema(for: change) else { return [] }
        guard schema.compiled.isAnnotated(Self.notSecretKeyword) else { return [] }
        return try await threads.run(for: change) { () async throws(RegistryError) in
            schema.compiled.places(annotated: Self.notSecretKeyword, in: .object(change.content))
        }
    }

    /// Applies a schema to the documents of a service.
    func trial(of schema: ServiceSchema, override: SchemaJudgement.Override?) -> SchemaTrial {
        SchemaTrial(
            heads: heads, judgement: SchemaJudgement(schema: schema, override: override, counters: heads.counters),
            threads: threads)
    }

    private static func key(of service: String) throws(RegistryError) -> DocumentKey {
        do { return try SchemaDocument.key(of: service) } catch { throw .invalid("\(error)") }
    }

    private static let notSecretKeyword = "configbus:not-secret"

    /// The table is read each second in the background; where that was not so, it is read now.
    private func requireProven() async throws(RegistryError) {
        if isProven(within: proofAge) { return }
        try? await refresh()
        guard isProven(within: SchemaTable.lifetime) else {
            throw .unavailable(
                "The registry has not reached its store for a while, so that it does not know which schemas count; try again "
                    + "soon. Nothing was stored.")
        }
    }

    func isProven(within age: Duration) -> Bool {
        table.provenAt.map { ContinuousClock.now - $0 <= age } ?? false
    }
}
