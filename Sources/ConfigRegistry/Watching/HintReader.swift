import ConfigModel
import Logging
import Synchronization
import Waiting

/// Reads the heads of documents that are said to have changed, many with one read of the store.
final class HintReader: Sendable {
    private let source: HeadSource
    private let logger: Logger
    private let hinted = Mutex<Set<DocumentKey>>([])
    private let wake = WakeSignal()

    init(source: HeadSource, logger: Logger) {
        self.source = source
        self.logger = logger
    }

    /// Asks for an early look at a document.
    func hint(_ key: DocumentKey) {
        hinted.withLock { _ = $0.insert(key) }
        wake.signal()
    }

    /// Reads until cancelled.
    func run() async {
        var pause = Backoff(from: .milliseconds(100), upTo: .seconds(2))
        while !Task.isCancelled {
            let keys = hinted.withLock { hinted in
                defer { hinted = [] }
                return Array(hinted)
            }
            guard !keys.isEmpty else {
                await wake.wait()
                continue
            }
            do {
                _ = try await source.heads(of: keys)
                pause.reset()
            } catch {
                logger.debug("Could not look at changed documents.", metadata: ["error": "\(error)"])
                hinted.withLock { $0.formUnion(keys) }
                await wake.wait(atMost: pause.next())
            }
        }
    }
}
