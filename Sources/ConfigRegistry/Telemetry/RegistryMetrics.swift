import ConfigStore
import CoreMetrics
import MetricsExposition

/// What the registry records of its writes, its store and its bus.
struct RegistryMetrics: Sendable {
    /// How long calls of the store took.
    let operations: TimerFamily<StoreOperation>
    /// Calls of the store that failed.
    let storeErrors: CounterFamily<StoreErrorKind>
    /// How long writes took.
    let writes: TimerFamily<WriteOperation>
    /// What became of writes.
    let results: CounterFamily<WriteResult>
    /// How long the bus took to confirm an event.
    let confirms: CoreMetrics.Timer

    init(_ collector: MetricsCollector) {
        let described = [
            MetricDescription(
                "configbus_store_operation_duration_seconds", .histogram, "How long calls of the store took."),
            MetricDescription("configbus_store_errors_total", .counter, "Calls of the store that failed."),
            MetricDescription("configbus_write_duration_seconds", .histogram, "How long writes took."),
            MetricDescription("configbus_write_results_total", .counter, "What became of writes."),
            MetricDescription(
                "configbus_bus_confirm_duration_seconds", .histogram,
                "How long it took from handing an event to the bus to its confirmation."),
        ]
        collector.describe(described)
        operations = TimerFamily(described[0].name, label: "operation", collector)
        storeErrors = CounterFamily(described[1].name, label: "kind", collector)
        writes = TimerFamily(described[2].name, label: "operation", collector)
        results = CounterFamily(described[3].name, label: "result", collector)
        confirms = CoreMetrics.Timer(label: described[4].name, dimensions: [], factory: collector)
    }
}

/// What the store is asked to do.
enum StoreOperation: String, Sendable, CaseIterable {
    case append
    case appendSet = "append_set"
    case head
    case version
    case change
    case history
    case heads
    case outlines
    case versions
    case changeSet = "change_set"
    case unannounced
    case markAnnounced = "mark_announced"
    case statistics
    case state
    case changeState = "change_state"
    case access
    case changeAccess = "change_access"
    case noteUses = "note_uses"
    case accessLog = "access_log"
    case appendAccessLog = "append_access_log"
    case anchor
    case raiseAnchor = "raise_anchor"
    case replaceSignatures = "replace_signatures"
    case pruneMarks = "prune_marks"
    case prunable
    case prune
    case removePruned = "remove_pruned"
    case backup
    case audit
}

/// The kinds of errors of a store.
enum StoreErrorKind: String, Sendable, CaseIterable {
    case unavailable
    case overloaded
    case tooLarge = "too_large"
    case full
    case damaged
    case invalid
    case unsupported
    case closed

    init(_ error: StoreError) {
        switch error {
        case .unavailable: self = .unavailable
        case .overloaded: self = .overloaded
        case .tooLarge: self = .tooLarge
        case .full: self = .full
        case .damaged: self = .damaged
        case .invalid: self = .invalid
        case .unsupported: self = .unsupported
        case .closed: self = .closed
        }
    }
}

/// The kinds of writes.
enum WriteOperation: String, Sendable, CaseIterable {
    case publish
    case patch
    case delete
    case rollback
    case promote
    case schema
    case changeSet = "change_set"
}

/// What became of a write.
enum WriteResult: String, Sendable, CaseIterable {
    /// A version was made.
    case stored
    /// The same request had made its version before.
    case replayed
    /// There was nothing to do.
    case unchanged
    /// The document is not as the request says.
    case conflict
    /// A check found something.
    case checksFailed = "checks_failed"
    /// The request cannot be done as it is.
    case refused
    /// The store did not answer, has no room, or too many writes wait.
    case unavailable
    /// It is not known whether it was stored.
    case unknown

    init(_ error: RegistryError) {
        switch error {
        case .checksFailed, .schemaBreaks: self = .checksFailed
        case .alreadyExists, .versionMismatch, .changeReused, .changePruned, .conflictPersists, .deletedDocument,
            .unknownDocument:
            self = .conflict
        case .unavailable, .overloaded, .storeFull: self = .unavailable
        case .outcomeUnknown: self = .unknown
        default: self = .refused
        }
    }
}
