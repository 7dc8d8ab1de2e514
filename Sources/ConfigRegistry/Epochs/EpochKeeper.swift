import AsyncSupport
import ConfigModel
import ConfigStore
import Logging
import Synchronization

/// Keeps what the store says about itself up to date, and says which epochs are another store's.
final class EpochKeeper: Sendable {
    /// For how long a foreign event makes the registry report it.
    private static let foreignMemory: Duration = .seconds(60)

    private struct Foreign {
        var epoch: Epoch
        var seenAt: ContinuousClock.Instant
    }

    private struct State {
        /// The identifiers of this store's epochs, past ones included.
        var identifiers: Set<String> = []
        var foreign: Foreign?
        var statement: EpochStatement?
        var lastReading: Task<Result<Void, StoreError>, Never>?
        var lastReadAt: ContinuousClock.Instant?
    }

    private let store: any EpochStore
    private let cache: HeadCache
    private let signing: SigningPolicy
    private let access: AccessKeeper
    private let schemas: SchemaTable
    private let period: Duration
    /// The store is read no more often than this for what others say of its epoch, whatever they say: callers and events.
    private let shortestPause: Duration
    private let logger: Logger
    private let state = Mutex(State())
    private let wake = WakeSignal()
    /// Signalled when a backup is being restored into the store.
    let restore = WakeSignal()
    private let onChange: @Sendable () async -> Void

    /// - Parameter onChange: called after a new epoch was taken.
    init(
        store: any EpochStore, cache: HeadCache, signing: SigningPolicy, access: AccessKeeper, schemas: SchemaTable,
        options: RegistryOptions, logger: Logger, onChange: @escaping @Sendable () async -> Void
    ) {
        self.store = store
        self.cache = cache
        self.signing = signing
        self.access = access
        self.schemas = schemas
        period = options.epochPeriod
        shortestPause = options.epochReadPause
        self.logger = logger
        self.onChange = onChange
    }

    /// Reads the epoch, and forgets what belonged to another one; and what else has changed.
    func refresh() async throws(StoreError) {
        let beganAt = ContinuousClock.now
        let stored: StoreState
        do throws(StoreError) {
            stored = try await store.state()
        } catch {
            access.lost(error)
            throw error
        }
        guard !stored.isRestoring else {
            restore.signal()
            throw .invalid(RestoreMark.refusal("The store"))
        }
        // Identities and schemas first: a new epoch makes the registry read much.
        await access.take(stored, readAt: beganAt)
        await schemas.take(stored, readAt: beganAt)
        await takeEpoch(of: stored, beganAt)
    }

    private func takeEpoch(of stored: StoreState, _ beganAt: ContinuousClock.Instant) async {
        let epoch = stored.epoch
        signing.learn(stored.signing, readAt: beganAt)
        state.withLock { state in
            state.identifiers.insert(epoch.identifier)
            state.statement = stored.statement
            if state.foreign?.epoch.identifier == epoch.identifier { state.foreign = nil }
        }
        let before = cache.epoch
        guard cache.replaceEpoch(by: epoch) else { return }
        if before != .none {
            logger.notice("the store has a new epoch", metadata: ["epoch": "\(epoch)", "before": "\(before)"])
        }
        await onChange()
    }

    /// Refreshes, because a caller knows another epoch, or waits for the reading that another one began a moment ago.
    func refreshSoon() async throws(StoreError) {
        let reading = state.withLock { state in
            let isFresh = state.lastReadAt.map { ContinuousClock.now - $0 < shortestPause } ?? false
            if isFresh, let reading = state.lastReading { return reading }
            let reading = Task { () -> Result<Void, StoreError> in
                do throws(StoreError) { return .success(try await self.refresh()) } catch { return .failure(error) }
            }
            (state.lastReading, state.lastReadAt) = (reading, .now)
            return reading
        }
        try await reading.value.get()
    }

    /// Refreshes until cancelled.
    func run() async {
        while !Task.isCancelled {
            await wake.wait(atMost: period)
            do {
                try await refresh()
            } catch {
                logger.debug("could not read the epoch", metadata: ["error": "\(error)"])
            }
            // Events of another store come as often as its documents change.
            try? await Task.sleep(for: shortestPause)
        }
    }

    /// Whether an event's epoch belongs to this store. If not, this is remembered for a while; the store may also have been
    /// replaced, so that its epoch is looked at again.
    func isOwn(_ epoch: Epoch) -> Bool {
        let isOwn = state.withLock { state in
            if state.identifiers.contains(epoch.identifier) { return true }
            state.foreign = Foreign(epoch: epoch, seenAt: .now)
            return false
        }
        if !isOwn || epoch.number > cache.epoch.number { wake.signal() }
        return isOwn
    }

    /// The signed statement that this epoch counts; nil when there is none.
    func statement(about epoch: Epoch) -> EpochStatement? {
        state.withLock { $0.statement }.flatMap { $0.epoch == epoch ? $0 : nil }
    }

    /// The epoch of another store whose events arrived lately.
    var foreignEpoch: Epoch? {
        state.withLock { state in
            state.foreign.flatMap { ContinuousClock.now - $0.seenAt < Self.foreignMemory ? $0.epoch : nil }
        }
    }
}

extension Epoch {
    /// Before the store was read.
    static let none = Epoch(number: 0, identifier: "00000000-0000-0000-0000-000000000000")
}
