import AsyncSupport
import ConfigModel
import ConfigStore
import SchemaValidation
import Synchronization

/// The schemas that documents were checked with lately, and those that could not be used, by the hash of what the store holds of
/// them: ten thousand services with one schema compile it once.
///
/// They are compiled where checks are made that take long, never where the request runs.
final class CompiledSchemas: Sendable {
    /// 256 schemas, or 32 MiB of their text.
    private static let capacity = (bytes: 32 << 20, schemas: 256)

    /// Where a content is stored. Two places of one content are equal, so that one of them is read for both.
    private struct Place: Hashable, Sendable {
        let key: DocumentKey
        let version: Int64
        let contentHash: String

        static func == (left: Place, right: Place) -> Bool { left.contentHash == right.contentHash }

        func hash(into hasher: inout Hasher) { hasher.combine(contentHash) }
    }

    /// The schema, or what is wrong with it, which is so wherever it is stored.
    private typealias Outcome = Result<ServiceSchema, RegistryError>

    private let compiler: Compiler
    private let threads: CheckThreads
    private let loads: SingleFlight<Place, Outcome, RegistryError>

    /// - Parameter threads: where schemas are compiled.
    init(
        store: any VersionReading, patterns: any SchemaPatterns, threads: CheckThreads,
        reads: Counters<RegistryCounters>
    ) {
        let compiler = Compiler(patterns)
        self.compiler = compiler
        self.threads = threads
        loads = SingleFlight { place throws(RegistryError) in
            let content = try await Self.content(at: place, store, reads)
            return await withTaskExecutorPreference(threads.executor) { compiler.outcome(of: content) }
        }
    }

    /// The schema of a service as the table has it.
    ///
    /// - Throws: `RegistryError` when it cannot be read, or when this program cannot use it.
    func stored(_ version: Int64, of key: DocumentKey, contentHash: String) async throws(RegistryError) -> ServiceSchema
    {
        let place = Place(key: key, version: version, contentHash: contentHash)
        let outcome: Outcome
        if let known = compiler.known(contentHash) {
            outcome = known
        } else {
            outcome = try await loads.value(for: place, joinsRunning: true).value
        }
        switch outcome {
        case .success(let schema): return schema
        case .failure(let error): throw Self.unusable(place, error)
        }
    }

    /// A schema that is about to be stored, alone or together with the document that is checked.
    ///
    /// - Throws: `RegistryError.invalidSchema` with what is wrong first.
    func candidate(_ content: Content, for change: CheckedChange) async throws(RegistryError) -> ServiceSchema {
        if let known = compiler.known(content.hash) { return try known.get() }
        return try await threads.run(for: change) { () async throws(RegistryError) in
            try compiler.outcome(of: content).get()
        }
    }

    /// The same of a service, beside the check of a version.
    func candidate(_ content: Content, of service: String) async throws(RegistryError) -> ServiceSchema {
        if let known = compiler.known(content.hash) { return try known.get() }
        return try await threads.run(for: service) { () async throws(RegistryError) in
            try compiler.outcome(of: content).get()
        }
    }

    /// How often a schema was compiled.
    var compilationCount: Int { compiler.compilations.value }

    /// How many are remembered.
    var count: Int { compiler.cache.withLock { $0.count } }

    private static func content(
        at place: Place, _ store: any VersionReading, _ reads: Counters<RegistryCounters>
    ) async throws(RegistryError) -> Content {
        reads.count { $0.reads.storeReads += 1 }
        let stored: StoredVersion?
        do {
            stored = try await store.version(place.version, of: place.key)
        } catch {
            throw RegistryError(reading: error)
        }
        guard let content = stored?.record.content, content.hash == place.contentHash else {
            throw .unavailable(
                "The schema of \(place.key.service) has changed a moment ago; try again. Nothing was stored.")
        }
        return content
    }

    /// A newer program may have stored it.
    private static func unusable(_ place: Place, _ error: RegistryError) -> RegistryError {
        .unavailable(
            "Version \(place.version) of the schema of \(place.key.service) cannot be used by this registry. \(error.detail) "
                + "Put a schema that it can use, or use the registry that stored this one. Nothing was stored.")
    }
}

extension CompiledSchemas {
    /// Compiles what is not remembered.
    private final class Compiler: Sendable {
        let cache = Mutex(LRUCache<String, Outcome>(capacity: CompiledSchemas.capacity.bytes))
        let compilations = Counters(0)
        private let patterns: any SchemaPatterns

        init(_ patterns: any SchemaPatterns) { self.patterns = patterns }

        func known(_ contentHash: String) -> Outcome? { cache.withLock { $0.value(for: contentHash) } }

        /// To be called on a thread that may be busy for long.
        func outcome(of content: Content) -> Outcome {
            if let known = known(content.hash) { return known }
            compilations.count { $0 += 1 }
            let outcome = compile(content)
            let cost = max(content.bytes.count, CompiledSchemas.capacity.bytes / CompiledSchemas.capacity.schemas)
            cache.withLock { $0.set(outcome, for: content.hash, cost: cost) }
            return outcome
        }

        private func compile(_ content: Content) -> Outcome {
            do throws(RegistryError) {
                return .success(try ServiceSchema(try SchemaDocument(stored: content), patterns: patterns))
            } catch {
                return .failure(error)
            }
        }
    }
}
