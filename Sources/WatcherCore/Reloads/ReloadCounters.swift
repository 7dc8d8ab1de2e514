import ConfigModel

/// What came of reloads.
struct ReloadCounters: Sendable, Equatable {
    var reloads = 0
    var successes = 0
    var failures = 0
    var validationFailures = 0
    var rollbacks = 0
    var deletions = 0
    var lastReloadAt: Timestamp?
    var lastReloadDuration: Duration?
}
