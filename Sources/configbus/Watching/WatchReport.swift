import ArgumentParser
import ConfigModel
import ConfigWatcher
import ServiceLifecycle

/// The reader of the output is gone. What runs is ended in order before the program.
struct OutputFailure: Error {
    /// As in `errno`.
    let error: Int32
}

/// Prints what became of each version, a line at a time.
actor WatchReport: Service {
    /// What `--once` waits for.
    struct Once: Sendable {
        var pending: Set<DocumentKey>
        /// How long it waits for the registry; what commands take does not count.
        let limit: Duration
        /// True while a version of a document is being applied.
        let isApplying: @Sendable (DocumentKey) -> Bool
    }

    private let news: AsyncStream<WatchNews>
    private let continuation: AsyncStream<WatchNews>.Continuation
    private let output: OutputOptions
    private var once: Once?
    private var hasRefusals = false
    private var failure: CommandFailure?
    /// Why the registry did not let a document be read.
    private var refusal: String?

    /// - Parameter once: nil to go on for ever.
    init(
        news: AsyncStream<WatchNews>, continuation: AsyncStream<WatchNews>.Continuation, output: OutputOptions,
        once: Once?
    ) {
        self.news = news
        self.continuation = continuation
        self.output = output
        self.once = once
    }

    /// Returns when every document that was waited for has answered, or after the last outcome when it is to stop.
    func run() async throws {
        guard let once else {
            _ = try await take()
            // A service that ends before it is stopped counts as failed, and the news end with the service before it.
            return try await gracefulShutdown()
        }
        let alarm = Task { [continuation] in
            try await Task.sleep(for: once.limit)
            continuation.yield(.timeIsOver)
        }
        defer { alarm.cancel() }
        // After a signal the news end before this service is to stop, and one that ends before that counts as failed.
        if try await !take() { try await gracefulShutdown() }
    }

    /// How `--once` ended.
    func result() throws {
        if let failure { throw failure }
        if hasRefusals { throw ExitCode.refused }
        guard let once, !once.pending.isEmpty else { return }
        throw CommandFailure.unreachable("It was ended before \(Self.list(once.pending)) had answered.")
    }

    /// - Returns: true when nothing more is waited for, false when there are no more news.
    private func take() async throws -> Bool {
        for await news in news {
            switch news {
            case .outcome(let outcome):
                try print(outcome)
                if outcome.kind != .applied { hasRefusals = true }
                once?.pending.remove(outcome.key)
            case .missing(let key, let sentence):
                guard once?.pending.remove(key) != nil else { continue }
                failure = failure ?? .refused(sentence)
            case .notAllowed(let sentence): refusal = sentence
            case .registryAway: break
            case .timeIsOver:
                if await giveUp() { return true }
            }
            if once?.pending.isEmpty == true { return true }
        }
        return false
    }

    private func print(_ outcome: Outcome) throws {
        let bytes = try output.bytes(outcome.json) { outcome.line(for: .output) }
        if let error = StandardStream.output.tryWriting(bytes) { throw OutputFailure(error: error) }
    }

    /// Not while a command runs, which has a limit of its own.
    ///
    /// - Returns: true when nothing more is waited for.
    private func giveUp() async -> Bool {
        guard let once else { return false }
        if once.pending.contains(where: once.isApplying) {
            Task { [continuation] in
                try await Task.sleep(for: .milliseconds(100))
                continuation.yield(.timeIsOver)
            }
            return false
        }
        let documents = Self.list(once.pending)
        failure =
            refusal.map { CommandFailure(.notAllowed, "\(documents) could not be read: \($0)") }
            ?? .unreachable(
                "There was no response about \(documents) within \(once.limit.words); --timeout says how long to wait.")
        return true
    }

    private static func list(_ keys: Set<DocumentKey>) -> String {
        keys.sorted().map { "\($0)" }.joined(separator: ", ")
    }
}
