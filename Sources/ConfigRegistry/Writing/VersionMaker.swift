import AsyncSupport
import ConfigModel
import ConfigSignatures
import ConfigStore

/// The steps from a request to a stored version, for the writer of single versions and for that of change sets: the head that
/// a version follows, the draft, the checks, the signature, the append, and what follows from it.
final class VersionMaker: Sendable {
    let store: DamageRecordingStore
    let source: HeadSource
    let reader: HeadReader
    let relay: Relay
    let options: RegistryOptions
    let signer: RecordSigner?
    let signing: SigningPolicy
    let schemas: Schemas
    let tracing: RegistryTracing
    let checks: CheckRunner
    let overrides: OverrideLog
    let counters: Counters<RegistryCounters>
    private let locks: KeyedLock<DocumentKey>

    init(
        store: DamageRecordingStore, reader: HeadReader, source: HeadSource, relay: Relay, options: RegistryOptions,
        signer: RecordSigner?, signing: SigningPolicy, schemas: Schemas, tracing: RegistryTracing,
        checks: CheckRunner,
        overrides: OverrideLog
    ) {
        self.store = store
        counters = source.counters
        self.source = source
        self.reader = reader
        self.relay = relay
        self.options = options
        self.signer = signer
        self.signing = signing
        self.schemas = schemas
        self.tracing = tracing
        self.checks = checks
        self.overrides = overrides
        locks = KeyedLock(maximumWaiting: options.maximumWaitingWriters)
    }

    /// How many writers wait for a document.
    func waitingWriters(of key: DocumentKey) -> Int { locks.waiting(for: key) }

    /// Waits until no other writer of this registry has one of these documents. They must be in ascending order: as long as
    /// all writers keep to it, no two wait for each other.
    ///
    /// - Throws: `.overloaded` when that takes longer than the write may take; then none is held.
    func acquire(_ keys: [DocumentKey], _ limits: WriteLimits) async throws(RegistryError) {
        for (index, key) in keys.enumerated() {
            guard await locks.acquire(key, until: limits.deadline) == .granted else {
                release(Array(keys.prefix(index)))
                throw .overloaded
            }
        }
    }

    /// Lets the next writers have the documents.
    func release(_ keys: [DocumentKey]) {
        for key in keys { locks.release(key) }
    }

    /// One read of the store on behalf of a write.
    func read<Value: Sendable>(
        _ body: (any VersionStore) async throws(StoreError) -> Value
    ) async throws(RegistryError) -> Value {
        counters.count { $0.reads.storeReads += 1 }
        do {
            return try await body(store)
        } catch {
            throw RegistryError(reading: error)
        }
    }
}
