package import ConfigModel
package import EventBus

/// How the registry is.
package struct RegistryHealth: Sendable, Equatable {
    package enum Status: String, Sendable {
        case healthy
        /// The bus is away, another store's events are on the exchange, announcing lags by more than a minute, or stored
        /// versions are damaged; reads and writes of everything else work.
        case degraded
        /// The store does not answer.
        case unhealthy
    }

    package let status: Status
    package let epoch: Epoch
    /// The store's figures; nil when it does not answer.
    package let store: StoreStatistics?
    /// Why the store did not answer.
    package let storeProblem: String?
    package let bus: BusStatus
    /// The age of the oldest version that nobody announced yet.
    package let announceLag: Duration
    /// The epoch of another store whose events arrived on this exchange within the last minute.
    package let foreignEpoch: Epoch?
    /// The damaged versions that this registry met and that have not been repaired.
    package let damaged: [DamagedVersion]

    package init(
        status: Status, epoch: Epoch, store: StoreStatistics?, storeProblem: String?, bus: BusStatus,
        announceLag: Duration, foreignEpoch: Epoch?, damaged: [DamagedVersion] = []
    ) {
        self.status = status
        self.epoch = epoch
        self.store = store
        self.storeProblem = storeProblem
        self.bus = bus
        self.announceLag = announceLag
        self.foreignEpoch = foreignEpoch
        self.damaged = damaged
    }
}
