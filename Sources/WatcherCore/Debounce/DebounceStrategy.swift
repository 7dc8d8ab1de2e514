/// How long a watcher waits for further changes of its document before it loads the newest.
///
/// A change begins a burst. The reload comes when no further change came for the quiet time, and after the longest time in
/// any case, so that endless changes are loaded now and then. Never delayed are the first load, a deletion, a rollback and
/// `reload()`.
public enum DebounceStrategy: Sendable, Hashable {
    /// Each change is loaded at once. The default for a registry.
    case none
    /// Quiet for this time, at the longest 10 times as long. The default for files, with 100 ms.
    case fixed(Duration)
    /// Quiet for this time, up to 5 times as long while changes come often; at the longest 10 times as long.
    case adaptive(Duration)
    /// Collects more: quiet for twice this time, at the longest 20 times as long.
    case aggressive(Duration)
    /// Waits less: quiet for half of this time, at the longest 5 times as long.
    case conservative(Duration)
}

extension DebounceStrategy {
    /// What a strategy's time may be; a watcher with another is not made.
    public static let allowedTimes = Duration.milliseconds(1)...Duration.seconds(60)

    /// The strategy's time as it was given; nil when nothing is waited for.
    package var time: Duration? {
        switch self {
        case .none: nil
        case .fixed(let time), .adaptive(let time), .aggressive(let time), .conservative(let time): time
        }
    }

    /// The longest time that a change waits.
    var longest: Duration {
        switch self {
        case .none: .zero
        case .fixed(let time), .adaptive(let time): Self.allowed(time) * 10
        case .aggressive(let time): Self.allowed(time) * 20
        case .conservative(let time): Self.allowed(time) * 5
        }
    }

    /// The time without changes that ends a burst.
    ///
    /// - Parameter rate: changes in a second at present.
    func quiet(rate: Double) -> Duration {
        switch self {
        case .none: return .zero
        case .fixed(let time): return Self.allowed(time)
        case .adaptive(let time):
            let time = Self.allowed(time)
            return time * min(1 + max(rate * (time / .seconds(1)) - 1, 0) / 2, 5)
        case .aggressive(let time): return Self.allowed(time) * 2
        case .conservative(let time): return Self.allowed(time) / 2
        }
    }

    private static func allowed(_ time: Duration) -> Duration {
        min(max(time, allowedTimes.lowerBound), allowedTimes.upperBound)
    }
}
