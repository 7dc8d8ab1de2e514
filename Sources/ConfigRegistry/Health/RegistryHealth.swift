package import ConfigModel
package import ConfigStore
package import EventBus

/// How the registry is.
package struct RegistryHealth: Sendable, Equatable {
    /// How much works.
    package enum Status: String, Sendable {
        case healthy
        /// The bus is away, another store's events are on the exchange, announcing lags by more than a minute, stored
        /// versions are damaged, the last write found no room, or the store takes signed versions only and there is no key;
        /// everything else works.
        case degraded
        /// The store does not answer.
        case unhealthy
    }

    package let status: Status
    /// The store's epoch as last read.
    package let epoch: Epoch
    /// The store's figures; nil when it does not answer.
    package let store: StoreStatistics?
    /// How far the registry's clock is ahead of the store's; nil where both are one.
    package let clockLead: Duration?
    /// Why the store did not answer, or had no room for the last write.
    package let storeProblem: String?
    /// Whether events can be published.
    package let bus: BusStatus
    /// The broker's exchange that changes are announced on; nil without a broker.
    package let exchange: String?
    /// Whether it can write what the store takes.
    package let signing: SigningStatus
    /// The age of the oldest version that is not announced yet.
    package let announceLag: Duration
    /// The epoch of another store whose events arrived on this exchange within the last minute.
    package let foreignEpoch: Epoch?
    /// The damaged versions that this registry met and that have not been repaired.
    package let damaged: [DamagedVersion]

    /// Puts the facts together.
    package init(
        status: Status, epoch: Epoch, store: StoreStatistics?, clockLead: Duration? = nil,
        storeProblem: String?, bus: BusStatus,
        exchange: String? = nil, signing: SigningStatus = SigningStatus(rule: .optional, signs: false),
        announceLag: Duration, foreignEpoch: Epoch?, damaged: [DamagedVersion] = []
    ) {
        self.status = status
        self.epoch = epoch
        self.store = store
        self.clockLead = clockLead
        self.storeProblem = storeProblem
        self.bus = bus
        self.exchange = exchange
        self.signing = signing
        self.announceLag = announceLag
        self.foreignEpoch = foreignEpoch
        self.damaged = damaged
    }
}
