/// What differs between scenarios in how the parties are started.
struct FaultParties: Sendable {
    /// How the parties reach each other.
    var mode = FaultMode.usual
    /// Seconds between two questions of a watcher to its registry; nil for the default.
    var pollSeconds: Int?
    /// Where the watcher with a handler keeps its cache and its file; nil for the test's directory.
    var watcherDirectory: String?
    /// Where the audit keeps its log; nil for the test's directory.
    var auditDirectory: String?
    /// The clock of a third registry, inside the test's own process; nil for none.
    var clock: JumpingClock?
}
