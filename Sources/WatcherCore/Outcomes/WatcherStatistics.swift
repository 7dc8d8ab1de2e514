public import ConfigModel

/// The numbers that a watcher keeps.
public struct WatcherStatistics: Sendable, Equatable {
    /// Attempts to apply a version.
    public var reloads = 0
    /// Attempts after which it ran.
    public var successes = 0
    /// Attempts after which what ran before ran on.
    public var failures = 0
    /// Failures before any handler was called: decoding, schema, validators.
    public var validationFailures = 0
    /// Local rollbacks.
    public var rollbacks = 0
    /// Attempts that were made because handlers had refused the version before.
    public var retries = 0
    /// What the source itself served and was refused before it was loaded: not signed, another history, damaged.
    public var refusals = 0
    /// Events that were taken together with a later one instead of being applied one by one.
    public var debouncedEvents = 0
    /// Times that a version waited for the other members of its change set.
    public var setWaits = 0
    /// Times that the document was deleted.
    public var deletions = 0
    /// Events that were received.
    public var events = 0
    /// Events of the newest version, received once more.
    public var duplicates = 0
    /// Events and responses that were older than what was known.
    public var outOfOrder = 0
    /// Times that versions were passed over, which is normal when several are published quickly.
    public var gaps = 0
    /// Events of an epoch that was replaced.
    public var smallerEpochs = 0
    /// Events and responses of another store.
    public var foreignEpochs = 0
    /// Events that proved nothing and made the watcher read the registry.
    public var unprovenEvents = 0
    /// Events and responses that said something else about a known version.
    public var conflicts = 0
    /// Events, answers and cache files without a signature of a trusted key.
    public var refusedSignatures = 0
    /// Messages that were no events; of all watchers that share the source.
    public var unreadableEvents = 0
    /// Messages from other exchanges or publishers; of all watchers that share the source.
    public var refusedMessages = 0
    /// Times that the source was lost; of all watchers that share it.
    public var interruptions = 0
    /// Why the source is not there at present, so that changes are found only by polling; nil while it stands.
    public var sourceFailure: String?
    /// Reads of the registry.
    public var registryReads = 0
    /// Reads that failed.
    public var failedRegistryReads = 0
    /// Times that the cache could not be read or written.
    public var cacheFailures = 0
    /// Handlers that have not returned from an earlier reload.
    public var stuckHandlers: [String] = []
    /// Why the source failed last, whether it stands again or not; nil when it never did.
    public var lastFailure: String?
    /// When the last attempt ended.
    public var lastReloadAt: Timestamp?
    /// How long it took.
    public var lastReloadDuration: Duration?
    /// How long attempts took on average, of the last 100 in the history; nil before the first.
    public var averageReloadDuration: Duration?
    /// What 99 of 100 attempts did not exceed, of the last 100 in the history; nil before the first.
    public var slowReloadDuration: Duration?
    /// The age of the last proof that the newest version is known; nil when there never was one.
    public var staleness: Duration?
}

extension WatcherStatistics {
    /// The part of the attempts after which the version ran, from 0 to 1; nil before the first.
    public var successRate: Double? { reloads == 0 ? nil : Double(successes) / Double(reloads) }
}
