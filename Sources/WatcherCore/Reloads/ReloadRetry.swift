/// Whether a version that handlers refused is tried again. What does not decode or is not valid never is.
public enum ReloadRetry: Sendable, Equatable {
    /// It is not: it waits for something newer, or for `reload(force: true)`.
    case none
    /// It is tried up to `attempts` times altogether. The first pause is `from`, each further one twice as long, up to
    /// `upTo`. Anything newer ends it.
    case handlers(attempts: Int, from: Duration = .milliseconds(500), upTo: Duration = .seconds(30))
}

extension ReloadRetry {
    /// Until a disk has room again.
    private static let transient = ReloadRetry.handlers(attempts: .max, from: .seconds(1), upTo: .seconds(30))

    /// How long to wait after so many refused attempts; nil when it is not tried again.
    ///
    /// - Parameter isTransient: the same may succeed later without anything being changed: it is tried as long as it takes.
    func pause(after attempts: Int, isTransient: Bool) -> Duration? {
        let policy = isTransient ? Self.transient : self
        guard case .handlers(let limit, let first, let longest) = policy, attempts < limit else { return nil }
        return min(longest, first * (1 << min(max(attempts - 1, 0), 30)))
    }
}
