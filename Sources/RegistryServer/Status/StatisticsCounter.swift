import ConfigRegistry

/// One of the registry's counters, as `/stats` and `/metrics` show it.
struct StatisticsCounter: Sendable {
    /// In `/stats`; in `/metrics` with the prefix `configbus_` and the suffix `_total`.
    let name: String
    let help: String
    let value: Int

    static func all(_ counters: RegistryCounters) -> [StatisticsCounter] {
        [
            StatisticsCounter(
                name: "configs_created", help: "Versions that created a document.", value: counters.configsCreated),
            StatisticsCounter(
                name: "configs_updated", help: "Versions that updated one.", value: counters.configsUpdated),
            StatisticsCounter(
                name: "configs_deleted", help: "Versions that deleted one.", value: counters.configsDeleted),
            StatisticsCounter(
                name: "configs_retrieved", help: "Heads that were served.", value: counters.configsRetrieved),
            StatisticsCounter(
                name: "versions_pruned", help: "Versions that its own rules let go.", value: counters.versionsPruned),
            StatisticsCounter(name: "change_sets", help: "Change sets that were stored.", value: counters.changeSets),
            StatisticsCounter(
                name: "replays", help: "Writes answered with an earlier one's version.", value: counters.writes.replays),
            StatisticsCounter(
                name: "conflicts", help: "Appends that lost to another registry.", value: counters.writes.conflicts),
            StatisticsCounter(
                name: "unknown_outcomes", help: "Appends whose outcome was unknown at first.",
                value: counters.writes.unknownOutcomes),
            StatisticsCounter(name: "cache_hits", help: "Heads served from memory.", value: counters.reads.cacheHits),
            StatisticsCounter(
                name: "cache_misses", help: "Heads that had to be read.", value: counters.reads.cacheMisses),
            StatisticsCounter(name: "store_reads", help: "Reads of the store.", value: counters.reads.storeReads),
            StatisticsCounter(
                name: "notifications_sent", help: "Events that the bus confirmed.",
                value: counters.announcing.notificationsSent),
            StatisticsCounter(
                name: "notifications_failed", help: "Attempts to publish an event that failed.",
                value: counters.announcing.notificationsFailed),
            StatisticsCounter(
                name: "relay_overflows", help: "Announcements left to the sweeper for want of memory.",
                value: counters.announcing.relayOverflows),
            StatisticsCounter(
                name: "sweeps", help: "Searches for versions that were not announced.",
                value: counters.announcing.sweeps),
            StatisticsCounter(
                name: "swept", help: "Versions that the sweeper announced.", value: counters.announcing.swept),
            StatisticsCounter(
                name: "hints", help: "Events that made the registry look early.", value: counters.listening.hints),
            StatisticsCounter(
                name: "foreign_events", help: "Events of another store.", value: counters.listening.foreignEvents),
            StatisticsCounter(name: "poison", help: "Messages that are not events.", value: counters.listening.poison),
        ]
    }
}
