/// What came of reloads.
struct ReloadCounters: Sendable, Equatable {
    var reloads = 0
    var successes = 0
    var failures = 0
    var validationFailures = 0
    var rollbacks = 0
    var retries = 0
    var setWaits = 0
    var refusals = 0
    var deletions = 0
    /// Versions that took the place of one that waited for the end of a burst.
    var debounced = 0
}
