import AsyncSupport
package import ConfigModel
package import ConfigSignatures
package import ConfigStore
package import EventBus
package import Logging
package import MetricsExposition
package import SchemaValidation
import ServiceLifecycle

/// The registry's rules over a store of versions and a bus.
///
/// Data goes one way: a writer makes a version with one insert, shows it to the cache and to those who watch, and hands it
/// to the relay. What the relay cannot announce, the sweeper finds in the store. Events of other registries only make this
/// one read the store early.
package final class Registry: Service, Sendable {
    let store: DamageRecordingStore
    /// All of it, beside the versions.
    let wholeStore: any RegistryStore
    let damage: DamageBook
    let options: RegistryOptions
    let numbers = Counters(RegistryCounters())
    /// What is recorded through swift-metrics.
    package let metrics = MetricsCollector()
    let figures: RegistryMetrics
    /// The spans of what is requested, stored and announced.
    package let tracing: RegistryTracing
    let hub = WatchHub()
    let source: HeadSource
    let reader: HeadReader
    let maker: VersionMaker
    let writer: VersionWriter
    let setWriter: ChangeSetWriter
    let relay: Relay
    let loader: WatchLoader
    let epochs: EpochKeeper
    let schemas: Schemas
    let survey: SchemaSurvey
    let patterns: any SchemaPatterns
    /// Who may do what, from memory.
    package let access: AccessKeeper
    /// Makes and ends identities.
    package let administration: AccessAdministration
    /// Keeps who was refused what.
    package let refusals: RefusalLog
    let healthCheck: HealthCheck
    private let sweeper: Sweeper
    private let retention: RetentionLoop?
    private let damageCheck: DamageCheck
    private let hints: HintReader
    private let listener: BusListener

    /// Puts a registry together. Call `start` before anything else, and `run` to announce and to listen.
    ///
    /// - Parameters:
    ///   - patterns: the regular expressions of schemas.
    ///   - checks: what every version has to pass before it is signed and stored, after the guards that every registry has and
    ///     before the schema of its service.
    package init(
        store: any RegistryStore, bus: any EventBus, options: RegistryOptions = RegistryOptions(),
        signer: RecordSigner? = nil, patterns: any SchemaPatterns = NoPatterns(), checks: [any ChangeCheck] = [],
        logger: Logger
    ) {
        damage = DamageBook(logger: logger)
        let room = StoreRoom()
        figures = RegistryMetrics(metrics)
        tracing = RegistryTracing(options.tracer)
        let store = MeasuredStore(store: store, metrics: figures, tracing: tracing)
        let versions = DamageRecordingStore(store: store, marks: store, book: damage, room: room)
        self.store = versions
        wholeStore = store
        damageCheck = DamageCheck(store: versions, period: options.damageCheckPeriod, logger: logger)
        self.options = options
        let announcer = Announcer(
            bus: bus, inlineLimit: options.inlineLimit, counters: numbers, publishedIDs: PublishedMessageIDs(),
            confirms: figures.confirms, tracing: tracing)
        let cache = HeadCache(epoch: .none, capacity: options.cacheBytes)
        source = HeadSource(
            store: versions, cache: cache, hub: hub, counters: numbers, pageBytes: options.watchBytes)
        reader = HeadReader(source: source, lifetime: options.headLifetime, counters: numbers)
        relay = Relay(store: versions, announcer: announcer, options: options, counters: numbers)
        access = AccessKeeper(store: store, logger: logger)
        administration = AccessAdministration(
            store: store, keeper: access, registry: options.name, now: options.now, logger: logger)
        let signing = SigningPolicy(
            store: store, signs: signer != nil, lifetime: options.signingRuleLifetime, logger: logger)
        let loader = WatchLoader(source: source, reader: reader, period: options.resyncPeriod, logger: logger)
        self.loader = loader
        refusals = RefusalLog(store: store, registry: options.name, now: options.now, logger: logger)
        let table = SchemaTable(store: versions, logger: logger)
        let threads = CheckThreads(patience: options.requestDeadline)
        let epochs = EpochKeeper(
            store: store, cache: cache, signing: signing, access: access, schemas: table, options: options,
            logger: logger
        ) { await loader.reload() }
        self.epochs = epochs
        self.patterns = patterns
        schemas = Schemas(
            table: table,
            compiled: CompiledSchemas(store: versions, patterns: patterns, threads: threads, reads: numbers),
            heads: SchemaHeads(store: versions, reader: reader, counters: numbers), threads: threads,
            refresh: { () throws(StoreError) in try await epochs.refreshSoon() },
            noteChange: { () throws(StoreError) in try await store.noteSchemaChange() },
            proofAge: options.schemaProofAge)
        survey = SchemaSurvey(schemas: schemas, period: options.schemaSurveyPeriod, logger: logger)
        maker = VersionMaker(
            store: versions, reader: reader, source: source, relay: relay, options: options, signer: signer,
            signing: signing, schemas: schemas, tracing: tracing,
            checks: CheckRunner(Self.checks(schemas, checks), threads: threads),
            overrides: OverrideLog(administration: administration))
        writer = VersionWriter(maker: maker)
        setWriter = ChangeSetWriter(maker: maker)
        sweeper = Sweeper(
            store: versions, relay: relay, announcer: announcer, damage: damage, options: options, logger: logger)
        retention = Self.retention(store, options, numbers, damage, logger)
        healthCheck = HealthCheck(
            timeLimit: options.healthTimeLimit, store: versions, cache: cache, bus: bus, relay: relay, sweeper: sweeper,
            epochs: epochs, signing: signing, damage: damage, room: room)
        hints = HintReader(source: source, pauseAfterWrongHint: options.wrongHintPause, logger: logger)
        listener = BusListener(
            source: source, announcer: announcer, hints: hints, epochs: epochs, options: options, logger: logger
        ) { loader.lookNow() }
    }

    /// Lets old versions go; nil where all are kept.
    private static func retention(
        _ store: any RegistryStore, _ options: RegistryOptions, _ counters: Counters<RegistryCounters>,
        _ damage: DamageBook,
        _ logger: Logger
    ) -> RetentionLoop? {
        options.retention.map { rules in
            RetentionLoop(
                pruner: Pruner(store: store, registry: "\(options.name) \(UUIDText.random())", isPaced: true),
                rules: rules, period: options.retentionPeriod, counters: counters, damage: damage, logger: logger)
        }
    }

    /// What costs least comes first.
    private static func checks(_ schemas: Schemas, _ others: [any ChangeCheck]) -> [any ChangeCheck] {
        let secrets = SecretGuard { change throws(RegistryError) in try await schemas.notSecret(in: change) }
        return [secrets, BlastRadiusGuard()] + others + [SchemaCheck(schemas: schemas)]
    }

    /// Reads the store's epoch and its identities; to be called once before anything else.
    package func start() async throws(RegistryError) {
        do {
            try await epochs.refresh()
            try access.requireKnown()
            try schemas.table.requireKnown()
        } catch {
            throw RegistryError(reading: error)
        }
    }

    /// Announces, sweeps, listens and keeps those who watch up to date until graceful shutdown, which lets the relay finish
    /// for a bounded time; or until cancelled, which does not.
    package func run() async throws {
        await withTaskGroup(of: Void.self) { loops in
            loops.addTask { await self.sweeper.run() }
            loops.addTask { await self.epochs.run() }
            loops.addTask { await self.access.run() }
            loops.addTask { await self.refusals.run() }
            loops.addTask { await self.damageCheck.run() }
            loops.addTask { await self.survey.run() }
            loops.addTask { await self.listener.run() }
            loops.addTask { await self.hints.run() }
            loops.addTask { await self.loader.run() }
            if let retention { loops.addTask { await retention.run() } }
            await runRelay()
            hub.close()
            loops.cancelAll()
        }
    }

    private func runRelay() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.relay.run() }
            // It throws when cancelled, which has ended the relay already.
            try? await gracefulShutdown()
            relay.close()
            let limit = options.flushTimeout
            group.addTask { try? await Task.sleep(for: limit) }
            await group.next()
            group.cancelAll()
        }
    }

    /// Whether it can write what the store takes, as last read.
    package var signing: SigningStatus { healthCheck.signing.status }

    /// The key that signs versions here; nil when none does.
    package var signingKey: PublicKey? { maker.signer?.publicKey }

    /// Returns when a backup is being restored into the store, so that it is not to be served; or when cancelled. One task may
    /// wait.
    package func waitForRestore() async { await epochs.restore.wait() }

    /// The store's epoch as last read.
    package var epoch: Epoch { source.cache.epoch }

    /// The signed statement that this epoch counts; nil when there is none, or when it is not the store's epoch any more.
    package func statement(about epoch: Epoch) -> EpochStatement? { epochs.statement(about: epoch) }

    /// How the registry is; answers within seconds whatever state the store is in.
    package func health() async -> RegistryHealth { await healthCheck.health() }

    /// What was counted since the registry was made.
    package var counters: RegistryCounters { numbers.value }
}
