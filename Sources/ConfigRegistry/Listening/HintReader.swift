import AsyncSupport
import ConfigModel
import Logging
import Synchronization

/// Reads the heads of documents that are said to have changed, many with one read of the store.
final class HintReader: Sendable {
    private struct State {
        /// The version that each document is said to have.
        var hinted: [DocumentKey: Int64] = [:]
        var notBefore: [DocumentKey: ContinuousClock.Instant] = [:]

        /// Takes what may be read now; otherwise says when the next one may.
        mutating func takeDue(_ now: ContinuousClock.Instant) -> (due: [DocumentKey: Int64], next: Duration?) {
            notBefore = notBefore.filter { $0.value > now }
            let due = hinted.filter { notBefore[$0.key] == nil }
            for key in due.keys { hinted[key] = nil }
            return (due, hinted.keys.compactMap { notBefore[$0] }.min().map { $0 - now })
        }
    }

    private let source: HeadSource
    private let pauseAfterWrongHint: Duration
    private let logger: Logger
    private let state = Mutex(State())
    private let wake = WakeSignal()

    /// - Parameter pauseAfterWrongHint: a document that has not reached a version which an event named is not read again for
    ///   so long: who may publish on the exchange can name versions that do not exist, as often as it likes.
    init(source: HeadSource, pauseAfterWrongHint: Duration, logger: Logger) {
        self.source = source
        self.pauseAfterWrongHint = pauseAfterWrongHint
        self.logger = logger
    }

    /// Requests an early read of a document that is said to have a version.
    func hint(_ key: DocumentKey, _ version: Int64) {
        state.withLock { $0.hinted[key] = max(version, $0.hinted[key] ?? 0) }
        wake.signal()
    }

    /// Reads until cancelled.
    func run() async {
        var pause = Backoff(from: .milliseconds(100), upTo: .seconds(2))
        while !Task.isCancelled {
            let (due, next) = state.withLock { $0.takeDue(.now) }
            guard !due.isEmpty else {
                if let next { await wake.wait(atMost: next) } else { await wake.wait() }
                continue
            }
            do {
                keep(try await source.heads(of: Array(due.keys), maximumBytes: 0).heads, due)
                pause.reset()
            } catch {
                logger.debug("could not look at changed documents", metadata: ["error": "\(error)"])
                for (key, version) in due { state.withLock { $0.hinted[key] = max(version, $0.hinted[key] ?? 0) } }
                await wake.wait(atMost: pause.next())
            }
        }
    }

    /// Remembers which hints were wrong, or so early that the store does not show the version yet.
    private func keep(_ heads: [PendingHead], _ hinted: [DocumentKey: Int64]) {
        let versions = Dictionary(heads.map { ($0.key, $0.position.version) }) { max($0, $1) }
        let end = ContinuousClock.now + pauseAfterWrongHint
        state.withLock { state in
            for (key, version) in hinted where versions[key] ?? 0 < version { state.notBefore[key] = end }
        }
    }
}
