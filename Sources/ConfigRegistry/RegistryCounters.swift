package import MetricsExposition

/// What the registry counted since it was made.
package struct RegistryCounters: Sendable, Equatable {
    /// Documents that were created, or revived.
    package var configsCreated = 0
    /// Versions that changed a living document.
    package var configsUpdated = 0
    /// Tombstones.
    package var configsDeleted = 0
    /// Change sets, whose versions are counted beside.
    package var changeSets = 0
    /// Living heads that were read.
    package var configsRetrieved = 0
    /// Versions that were let go because they need not be kept.
    package var versionsPruned = 0
    /// Writes that did not simply append.
    package var writes = Writes()
    /// What checks found in writes.
    package var checks = Checks()
    /// How long it took to check a document against its schema.
    package var schemaChecks = DurationHistogram()
    /// Where heads came from.
    package var reads = Reads()
    /// What was sent to the bus.
    package var announcing = Announcing()
    /// What came from the bus.
    package var listening = Listening()

    /// Zeros.
    package init() {}
}

extension RegistryCounters {
    /// Writes that did not simply append.
    package struct Writes: Sendable, Equatable {
        /// Writes that were answered with the version that the same request had made before.
        package var replays = 0
        /// Appends that lost to another registry.
        package var conflicts = 0
        /// Appends whose outcome was unknown at first.
        package var unknownOutcomes = 0
    }

    /// Where heads came from.
    package struct Reads: Sendable, Equatable {
        /// Reads of a head that memory served.
        package var cacheHits = 0
        /// Reads of a head that needed the store.
        package var cacheMisses = 0
        /// Reads of the store, of any kind.
        package var storeReads = 0
    }

    /// What was sent to the bus.
    package struct Announcing: Sendable, Equatable {
        /// Events that the bus confirmed.
        package var notificationsSent = 0
        /// Attempts to publish an event that failed.
        package var notificationsFailed = 0
        /// Announcements that did not fit into the relay's memory and were left to the sweeper.
        package var relayOverflows = 0
        /// Times that the sweeper looked.
        package var sweeps = 0
        /// Versions that the sweeper announced.
        package var swept = 0
    }

    /// What came from the bus.
    package struct Listening: Sendable, Equatable {
        /// Events that made the registry look early.
        package var hints = 0
        /// Events of another store.
        package var foreignEvents = 0
        /// Messages that are not events.
        package var poison = 0
    }
}
