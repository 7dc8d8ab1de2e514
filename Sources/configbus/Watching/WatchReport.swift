import ConfigModel
import ConfigWatcher
import ServiceLifecycle

/// Prints what became of each version, a line at a time.
actor WatchReport: Service {
    private let outcomes: AsyncStream<Outcome>
    private let output: OutputOptions
    /// The documents that have not answered yet; nil to go on for ever.
    private var pending: Set<DocumentKey>?
    private(set) var hasRefusals = false

    init(outcomes: AsyncStream<Outcome>, output: OutputOptions, pending: Set<DocumentKey>?) {
        self.outcomes = outcomes
        self.output = output
        self.pending = pending
    }

    /// Returns when every document that was waited for has answered, or after the last outcome when it is to stop.
    func run() async throws {
        for await outcome in outcomes {
            try output.print(outcome.json) { outcome.line(for: .output) }
            if outcome.kind != .applied { hasRefusals = true }
            pending?.remove(outcome.key)
            if pending?.isEmpty == true { return }
        }
        // A service that ends before its turn to stop counts as failed, and the outcomes end with the service before it.
        try await gracefulShutdown()
    }
}
