import AsyncSupport
import ConfigModel
import ConfigStore
import SchemaValidation
import Synchronization

/// The schemas that documents were checked with lately, by the hash of what the store holds of them: ten thousand services with
/// one schema compile it once.
final class CompiledSchemas: Sendable {
    /// 256 schemas, or 32 MiB of their text.
    private static let capacity = (bytes: 32 << 20, schemas: 256)

    /// A version of a schema; two with the same content are one.
    private struct Source: Hashable, Sendable {
        let key: DocumentKey
        let version: Int64
        let contentHash: String

        static func == (left: Source, right: Source) -> Bool { left.contentHash == right.contentHash }

        func hash(into hasher: inout Hasher) { hasher.combine(contentHash) }
    }

    private typealias Outcome = Result<ServiceSchema, RegistryError>

    private struct Loaded: Sendable {
        let schema: Outcome
        let bytes: Int
    }

    private let cache = Mutex(LRUCache<String, Outcome>(capacity: CompiledSchemas.capacity.bytes))
    private let compilations = Counters(0)
    private let loads: SingleFlight<Source, Loaded, RegistryError>
    private let patterns: any SchemaPatterns

    /// - Parameter threads: where schemas are compiled.
    init(
        store: any VersionReading, patterns: any SchemaPatterns, threads: QueuePoolExecutor,
        reads: Counters<RegistryCounters>
    ) {
        self.patterns = patterns
        loads = SingleFlight { [compilations] source throws(RegistryError) in
            let content = try await Self.content(of: source, store, reads)
            compilations.count { $0 += 1 }
            let schema = await withTaskExecutorPreference(threads) { Self.compile(content, of: source, patterns) }
            return Loaded(schema: schema, bytes: content.bytes.count)
        }
    }

    /// The schema of a service as the table has it.
    ///
    /// - Throws: `RegistryError` when it cannot be read, or when this program cannot use it.
    func schema(_ version: Int64, of key: DocumentKey, contentHash: String) async throws(RegistryError) -> ServiceSchema
    {
        if let known = cache.withLock({ $0.value(for: contentHash) }) { return try known.get() }
        let source = Source(key: key, version: version, contentHash: contentHash)
        let loaded = try await loads.value(for: source, joinsRunning: true).value
        remember(loaded.schema, contentHash, bytes: loaded.bytes)
        return try loaded.schema.get()
    }

    /// A schema that is about to be stored.
    ///
    /// - Throws: `RegistryError.invalidSchema` with everything that is wrong.
    func schema(_ document: SchemaDocument) throws(RegistryError) -> ServiceSchema {
        let content = document.content
        if case .success(let known)? = cache.withLock({ $0.value(for: content.hash) }) { return known }
        compilations.count { $0 += 1 }
        let schema = try ServiceSchema(document, patterns: patterns)
        remember(.success(schema), content.hash, bytes: content.bytes.count)
        return schema
    }

    private func remember(_ schema: Outcome, _ contentHash: String, bytes: Int) {
        let cost = max(bytes, Self.capacity.bytes / Self.capacity.schemas)
        cache.withLock { $0.set(schema, for: contentHash, cost: cost) }
    }

    /// How often a schema was compiled.
    var compilationCount: Int { compilations.value }

    /// How many are remembered.
    var count: Int { cache.withLock { $0.count } }

    private static func content(
        of source: Source, _ store: any VersionReading, _ reads: Counters<RegistryCounters>
    ) async throws(RegistryError) -> Content {
        reads.count { $0.reads.storeReads += 1 }
        let stored: StoredVersion?
        do {
            stored = try await store.version(source.version, of: source.key)
        } catch {
            throw RegistryError(reading: error)
        }
        guard let content = stored?.record.content, content.hash == source.contentHash else {
            throw .unavailable(
                "The schema of \(source.key.service) has changed a moment ago; try again. Nothing was stored.")
        }
        return content
    }

    private static func compile(
        _ content: Content, of source: Source, _ patterns: any SchemaPatterns
    ) -> Outcome {
        let document: SchemaDocument
        do {
            document = try SchemaDocument(content)
        } catch {
            return .failure(unusable(source, "\(error)"))
        }
        do throws(RegistryError) {
            return .success(try ServiceSchema(document, patterns: patterns))
        } catch {
            return .failure(unusable(source, error.detail))
        }
    }

    /// A newer program may have stored it.
    private static func unusable(_ source: Source, _ reason: String) -> RegistryError {
        .unavailable(
            "Version \(source.version) of the schema of \(source.key.service) cannot be used by this registry: \(reason) "
                + "Put a schema that it can use, or use the registry that stored this one. Nothing was stored.")
    }
}
