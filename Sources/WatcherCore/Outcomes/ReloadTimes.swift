import ConfigModel

/// How long a reload and its phases took.
public struct ReloadTimes: Sendable, Equatable {
    // A history keeps many of these: nanoseconds take half the memory of a `Duration`.
    private let loading: Int64
    private let validating: Int64
    private let applying: Int64
    private let all: Int64

    /// Puts times together; nil for the total is the sum of the phases.
    public init(
        load: Duration = .zero, validate: Duration = .zero, apply: Duration = .zero, total: Duration? = nil
    ) {
        loading = load.nanoseconds
        validating = validate.nanoseconds
        applying = apply.nanoseconds
        all = (total ?? load + validate + apply).nanoseconds
    }

    /// Merging, and making the application's value of the content.
    public var load: Duration { .nanoseconds(loading) }
    /// Schema and validators.
    public var validate: Duration { .nanoseconds(validating) }
    /// Handlers, undoing them included, and the exchange of the value.
    public var apply: Duration { .nanoseconds(applying) }
    /// Everything, from the beginning to the end.
    public var total: Duration { .nanoseconds(all) }
}

extension ReloadTimes: CustomStringConvertible {
    /// For example `12 ms (load 2 ms, validate 0.1 ms, apply 9.8 ms)`.
    public var description: String {
        "\(total.words) (load \(load.words), validate \(validate.words), apply \(apply.words))"
    }
}

extension Duration {
    /// Nanoseconds, for what fits: 292 years.
    fileprivate var nanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let limit = Int64.max / 1_000_000_000 - 1
        return min(max(seconds, -limit), limit) * 1_000_000_000 + attoseconds / 1_000_000_000
    }

    /// Milliseconds to the microsecond, as JSON.
    var jsonMilliseconds: JSONValue {
        let (seconds, attoseconds) = components
        let microseconds = Double(seconds) * 1_000_000 + Double(attoseconds / 1_000_000_000_000)
        return JSONNumber(microseconds / 1_000).map { .number($0) } ?? .null
    }
}
