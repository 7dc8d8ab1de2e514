package import ConfigModel
package import Tracing

/// The registry's limits and periods.
package struct RegistryOptions: Sendable {
    /// How long a cached head may be served after the moment that proved it.
    package var headLifetime: Duration = .seconds(1)
    /// How long after the moment that proved it a head may be built on without a read. A number that another registry gave away
    /// since is taken in the store, which refuses it; but the store frees the numbers of versions that it lets go, later than that
    /// (`PruningStore.removalGrace`).
    package var baseLifetime: Duration = .seconds(30)
    /// How long a write may take, waiting and trying again included.
    package var requestDeadline: Duration = .seconds(5)
    /// How many writers may wait for one document.
    package var maximumWaitingWriters = 1_000
    /// How long a read waits for a requested version.
    package var minimumVersionWait: Duration = .milliseconds(1_500)
    /// A version further than this above the head is not waited for.
    package var minimumVersionReach: Int64 = 1_000
    /// Events carry contents up to this many bytes; 0 turns it off.
    package var inlineLimit = 65_536
    /// How many announcements wait in memory; what does not fit is left to the sweeper.
    package var relayCapacity = 10_000
    /// How many announcements are sent without waiting for a confirmation.
    package var relayWindow = 128
    /// How long confirmations are collected before they are written to the store.
    package var markDelay: Duration = .milliseconds(50)
    /// How long the relay may go on after shutdown began.
    package var flushTimeout: Duration = .seconds(5)
    /// How long the sweeper has seen a version unannounced before it takes it.
    package var sweepAge: Duration = .seconds(3)
    /// How often the sweeper looks, give or take a quarter.
    package var sweepPeriod: Duration = .seconds(2)
    /// How many versions the sweeper reads at a time.
    package var sweepLimit = 500
    /// How often the store's epoch is read, and whether it takes unsigned versions.
    package var epochPeriod: Duration = .seconds(1)
    /// The store is read no more often than this for what callers and events say of its epoch.
    package var epochReadPause: Duration = .milliseconds(200)
    /// How old the store's word may be on whether it takes unsigned versions.
    package var signingRuleLifetime: Duration = .seconds(2)
    /// How old the registry's knowledge of schemas may be for a write; older, it is read again first.
    package var schemaProofAge: Duration = .seconds(2)
    /// Waits after a schema was stored until the documents are looked at once more: every registry reads the store's number for
    /// schemas within a second and a half, and then finishes the writes that it has checked before.
    package var settleSchema: @Sendable () async throws -> Void = { try await Task.sleep(for: .milliseconds(2_500)) }
    /// A document that has not reached a version which an event named is not read again for so long.
    package var wrongHintPause: Duration = .seconds(1)
    /// The store answers within this time, or is unhealthy.
    package var healthTimeLimit: Duration = .seconds(2)
    /// How often damaged versions are read again, in case they were repaired.
    package var damageCheckPeriod: Duration = .seconds(15)
    /// How long after all documents were checked against their schemas this is done again, for the metric that counts those which
    /// do not fit.
    package var schemaSurveyPeriod: Duration = .seconds(300)
    /// How often the heads of everything that is watched are read again.
    package var resyncPeriod: Duration = .seconds(10)
    /// How much memory cached heads may take.
    package var cacheBytes = 256 * 1_024 * 1_024
    /// How much content waits in memory for one watcher, and how much one page of heads has that is read for watchers.
    package var watchBytes = 8 * 1_024 * 1_024
    /// Which versions are kept; nil for all.
    package var retention: RetentionRules?
    /// How often versions that need not be kept are looked for.
    package var retentionPeriod: Duration = .seconds(3_600)
    /// The name of this registry in the access log.
    package var name = "registry"
    /// Where spans go; nil is what `InstrumentationSystem.bootstrap` was given.
    package var tracer: (any Tracer)?
    /// The wall clock.
    package var now: @Sendable () -> Timestamp = { Timestamp.now }

    /// The defaults.
    package init() {}
}
