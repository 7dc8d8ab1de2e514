/// When a write began and when it must be answered.
struct WriteLimits: Sendable {
    let arrival: ContinuousClock.Instant
    let deadline: ContinuousClock.Instant

    init(arrival: ContinuousClock.Instant, within time: Duration) {
        self.arrival = arrival
        deadline = arrival + time
    }

    /// Pauses before another attempt; false when there is no time for one, or no caller waits for it any more.
    func allow(_ pause: Duration) async -> Bool {
        guard ContinuousClock.now + pause < deadline, !Task.isCancelled else { return false }
        guard pause > .zero else { return true }
        do {
            try await Task.sleep(for: pause)
            return true
        } catch {
            return false
        }
    }
}
