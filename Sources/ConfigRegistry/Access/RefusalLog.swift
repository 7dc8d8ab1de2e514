import AsyncSupport
import ConfigAccess
import ConfigModel
import ConfigStore
import DequeModule
import Logging
import Synchronization

/// Writes refusals into the access log, behind the responses: no caller waits for the store.
///
/// Each entry is also a line of the program's log. What cannot be written waits; what does not fit is counted.
package final class RefusalLog: Sendable {
    /// How many entries wait at most.
    package static let capacity = 1_000
    /// How long after a failure the store is tried again.
    private static let pause: Duration = .seconds(1)

    private struct State {
        var tally = RefusalTally()
        var waiting = Deque<AccessLogEntry>()
        /// How many entries at the front of `waiting` are in the program's log already.
        var said = 0
        var lost: Int64 = 0

        mutating func append(_ entries: [AccessLogEntry]) {
            for entry in entries {
                if waiting.count < RefusalLog.capacity { waiting.append(entry) } else { lost += entry.count }
            }
        }
    }

    private let store: any AccessStore
    private let registry: String
    private let now: @Sendable () -> Timestamp
    private let logger: Logger
    private let state = Mutex(State())
    private let wake = WakeSignal()

    /// - Parameter registry: the name of this registry in the access log.
    init(store: any AccessStore, registry: String, now: @escaping @Sendable () -> Timestamp, logger: Logger) {
        self.store = store
        self.registry = registry
        self.now = now
        self.logger = logger
    }

    /// Notes that a request was refused.
    ///
    /// - Parameters:
    ///   - type: of the problem.
    ///   - action: what was to be done.
    ///   - subject: the document, where one was refused.
    package func note(_ type: String, status: Int, action: String, subject: String?, to actor: AccessActor) {
        let principal = actor.principal
        let refusal = AccessLogEntry(
            at: now(), registry: registry, kind: principal.kind,
            identity: principal.kind == .none ? nil : principal.name, tokenID: principal.tokenID,
            address: actor.address, action: action, subject: subject, status: status, type: type)
        let isNews = state.withLock { state in
            switch state.tally.note(refusal) {
            case .counted: return false
            case .lost:
                state.lost += 1
                return false
            case .log(let entries):
                state.append(entries)
                return true
            }
        }
        if isNews { wake.signal() }
    }

    /// How many refusals are not in the access log, because there was no room for them.
    package var lost: Int64 { state.withLock { $0.lost } }

    /// Writes until cancelled, and the rest then.
    func run() async {
        var pause: Duration?
        while !Task.isCancelled {
            await wake.wait(atMost: pause ?? untilNextEnd)
            pause = await write(endingAll: false) ? nil : Self.pause
        }
        // In a task of its own: the last entries are written although this one is cancelled.
        await Task { _ = await self.write(endingAll: true) }.value
    }

    private var untilNextEnd: Duration {
        guard let end = state.withLock({ $0.tally.nextEnd }) else { return .milliseconds(RefusalTally.period) }
        return .milliseconds(min(max(1, end.milliseconds - now().milliseconds), RefusalTally.period))
    }

    /// Writes what waits.
    ///
    /// - Returns: false when the store did not take it.
    func write(endingAll: Bool) async -> Bool {
        let time = now()
        let (entries, said) = state.withLock { state in
            state.append(state.tally.end(at: endingAll ? nil : time))
            defer { state.said = state.waiting.count }
            return (Array(state.waiting), state.said)
        }
        guard !entries.isEmpty else { return true }
        for entry in entries.dropFirst(said) { logger.notice("refused", metadata: entry.refusalMetadata) }
        do {
            try await store.appendAccessLog(entries)
        } catch {
            logger.debug("the access log cannot be written", metadata: ["error": "\(error)"])
            return false
        }
        // Only here something is taken away.
        state.withLock { state in
            state.waiting.removeFirst(entries.count)
            state.said -= entries.count
        }
        return true
    }
}

extension AccessLogEntry {
    fileprivate var refusalMetadata: Logger.Metadata {
        var metadata = metadata
        metadata["action"] = "\(action)"
        metadata["status"] = "\(status)"
        metadata["count"] = "\(count)"
        return metadata
    }
}
