import WatcherCore

/// Measures a reload and its phases, one after the other.
struct PhaseClock: Sendable {
    enum Phase: Sendable {
        case load
        case validate
        case apply
    }

    private let start = ContinuousClock.now
    private var phase: (name: Phase, began: ContinuousClock.Instant)?
    private var load = Duration.zero
    private var validate = Duration.zero
    private var apply = Duration.zero

    /// Ends the phase that is under way and begins another.
    mutating func begin(_ next: Phase) {
        end()
        phase = (next, .now)
    }

    /// Ends the phase that is under way.
    mutating func end() {
        guard let phase else { return }
        let duration = ContinuousClock.now - phase.began
        switch phase.name {
        case .load: load += duration
        case .validate: validate += duration
        case .apply: apply += duration
        }
        self.phase = nil
    }

    /// What was measured until now.
    var times: ReloadTimes {
        ReloadTimes(load: load, validate: validate, apply: apply, total: ContinuousClock.now - start)
    }
}
