/// What it means that there was no proof for a while that the newest version is known. The age counts from the last proof, or
/// from the start of the watcher when there was none. The value stays readable in any case.
public enum StalenessPolicy: Sendable, Equatable {
    /// Nothing: the last value is as good as ever.
    case serve
    /// `health` is `degraded`.
    case degrade(after: Duration)
    /// `health` is `unhealthy`, and `run()` ends with `notProven`.
    case fail(after: Duration)
}
