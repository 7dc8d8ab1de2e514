import AsyncSupport
import ConfigModel
import ConfigStore
import EventBus

/// Reads the state of store and bus.
final class HealthCheck: Sendable {
    /// Announcing that lags by more than this is a fault.
    private static let tolerableLag: Duration = .seconds(60)

    private let timeLimit: Duration
    private let cache: HeadCache
    private let bus: any EventBus
    private let relay: Relay
    private let sweeper: Sweeper
    private let epochs: EpochKeeper
    let signing: SigningPolicy
    private let damage: DamageBook
    private let room: StoreRoom
    private let statistics: SingleFlight<String, StoreStatistics, StoreError>

    /// - Parameter timeLimit: the store has to answer within this time.
    init(
        timeLimit: Duration, store: any VersionStore, cache: HeadCache, bus: any EventBus, relay: Relay,
        sweeper: Sweeper,
        epochs: EpochKeeper, signing: SigningPolicy, damage: DamageBook, room: StoreRoom
    ) {
        self.timeLimit = timeLimit
        self.cache = cache
        self.bus = bus
        self.relay = relay
        self.sweeper = sweeper
        self.epochs = epochs
        self.signing = signing
        self.damage = damage
        self.room = room
        statistics = SingleFlight { _ throws(StoreError) in try await store.statistics() }
    }

    func health() async -> RegistryHealth {
        let (store, problem) = await readStatistics()
        let clockLead = store?.clock.map { Duration.milliseconds(Timestamp.now.milliseconds - $0.milliseconds) }
        let busStatus = await bus.status
        let foreign = epochs.foreignEpoch
        let damaged = damage.versions
        let full = room.problem
        let lag = announceLag(store)
        let signing = signing.status
        let isWhole =
            busStatus == .connected && foreign == nil && lag <= Self.tolerableLag && damaged.isEmpty
            && !signing.isKeyMissing && full == nil
        return RegistryHealth(
            status: store == nil ? .unhealthy : isWhole ? .healthy : .degraded, epoch: cache.epoch, store: store,
            clockLead: clockLead, storeProblem: problem ?? full, bus: busStatus, exchange: bus.brokerExchange,
            signing: signing,
            announceLag: lag,
            foreignEpoch: foreign, damaged: damaged)
    }

    /// The longest that a version waits, by any clock that shows it. A damaged one does not wait: it is never announced.
    private func announceLag(_ store: StoreStatistics?) -> Duration {
        let isWaiting = (store?.unannounced ?? 0) > Int64(damage.unannouncedCount)
        let oldest = [relay.load.oldest, sweeper.oldestSeen].compactMap(\.self).min()
        return max(
            isWaiting ? store?.oldestUnannounced ?? .zero : .zero, oldest.map { ContinuousClock.now - $0 } ?? .zero)
    }

    private func readStatistics() async -> (StoreStatistics?, problem: String?) {
        let statistics = statistics
        let reading = Task { () -> Result<StoreStatistics, StoreError> in
            do throws(StoreError) {
                return .success(try await statistics.value(for: "", joinsRunning: true).value)
            } catch {
                return .failure(error)
            }
        }
        switch await reading.value(within: timeLimit) {
        case .success(let statistics): return (statistics, nil)
        case .failure(let error): return (nil, "\(error)")
        case nil: return (nil, "The store does not answer within \(timeLimit).")
        }
    }
}
