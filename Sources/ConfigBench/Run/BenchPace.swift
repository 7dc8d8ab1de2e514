/// When updates begin: one after the other without a pause, or so many a second.
///
/// A database that is idle between requests answers later than one under constant load, with or without the product; so
/// product and floor keep the same pace.
struct BenchPace: Sendable {
    private let interval: Duration
    private let start = ContinuousClock.now

    /// - Parameter rate: updates a second; nil: as soon as possible.
    init(rate: Double?) { interval = rate.map { .seconds(1 / $0) } ?? .zero }

    /// Waits until the update with this number (0, 1, 2 ...) may begin; one that is late begins at once.
    func waitForTurn(of number: Int) async throws {
        guard interval > .zero else { return }
        let due = start + interval * number
        if due > .now { try await Task.sleep(until: due, clock: .continuous) }
    }
}
