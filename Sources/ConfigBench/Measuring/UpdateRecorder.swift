import ConfigModel
import ConfigRegistry
import ConfigStore
import DequeModule
import Synchronization

/// Where writers, bus and watchers note what happened to which update, and where it is waited for.
///
/// Things happen in any order: a watcher may apply a version before its writer has the response.
final class UpdateRecorder: Sendable {
    fileprivate struct Waiter {
        let version: VersionIdentity
        let watchers: Int
        let continuation: CheckedContinuation<Void, any Error>
    }

    fileprivate struct State {
        var updates: [VersionIdentity: UpdateTimes] = [:]
        /// By the identifier of the message, whose version is known when the writer has its response.
        var messages: [String: UpdateTimes] = [:]
        /// The epochs of what was stored; its message's identifier is made when it is counted, not while it is measured.
        var epochs: [VersionIdentity: Epoch] = [:]
        /// What was sent and not counted yet, in that order.
        var open = Deque<VersionIdentity>()
        /// The newest version of each document that every watcher has applied: none goes back to an earlier one.
        var newest: [DocumentKey: Int64] = [:]
        /// What was counted: every watcher has applied it, or something newer in its place.
        var finished: Set<VersionIdentity> = []
        var waiter: Waiter?
        var figures = UpdateFigures()
        /// What was sent before is not counted.
        var measuringSince: ContinuousClock.Instant?
        var notes = 0
        var failure: (any Error)?
    }

    /// So many updates are counted at a time, so that counting falls on few of them.
    private static let batch = 128

    private let watchers: Int
    private let state = Mutex(State())

    init(watchers: Int) { self.watchers = watchers }

    /// How much was noted so far: no progress shows that something is stuck.
    var notes: Int { state.withLock { $0.notes } }

    /// How many updates wait to be counted.
    var uncounted: Int { state.withLock { $0.open.count } }

    func announced(message: String) {
        let now = ContinuousClock.now
        change { $0.messages[message, default: UpdateTimes()].announcedAt = now }
    }

    func received(message: String) {
        let now = ContinuousClock.now
        change { $0.messages[message, default: UpdateTimes()].received.append(now) }
    }

    func received(_ version: VersionIdentity) {
        let now = ContinuousClock.now
        change { $0.updates[version, default: UpdateTimes()].received.append(now) }
    }

    func applied(_ version: VersionIdentity) {
        let now = ContinuousClock.now
        change(version) { state in
            state.updates[version, default: UpdateTimes()].applied.append(now)
            guard state.hasApplied(version, watchers) else { return }
            state.newest[version.key] = max(version.version, state.newest[version.key] ?? 0)
        }
    }

    func stored(_ record: VersionRecord, sentAt: ContinuousClock.Instant, storedAt: ContinuousClock.Instant) {
        let version = VersionIdentity(key: record.key, version: record.version)
        change(version) { state in
            state.updates[version, default: UpdateTimes()].sentAt = sentAt
            state.updates[version]?.storedAt = storedAt
            state.epochs[version] = record.epoch
            state.open.append(version)
            if state.open.count.isMultiple(of: Self.batch) { state.countFinished(watchers: watchers) }
        }
    }

    /// Counts from now on.
    func startMeasuring() { state.withLock { $0.measuringSince = .now } }

    /// Everything that was noted about what was sent since `startMeasuring`.
    func takeFigures() -> UpdateFigures {
        state.withLock { state in
            state.countOpen()
            return state.figures
        }
    }

    /// Returns when so many watchers have applied the version. One task may wait at a time.
    func waitUntilApplied(_ version: VersionIdentity, by watchers: Int) async throws {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let outcome = state.withLock { state -> Result<Void, any Error>? in
                    if let failure = state.failure { return .failure(failure) }
                    if state.hasApplied(version, watchers) { return .success(()) }
                    state.waiter = Waiter(version: version, watchers: watchers, continuation: continuation)
                    return nil
                }
                if let outcome { continuation.resume(with: outcome) }
            }
        } onCancel: {
            fail(CancellationError())
        }
    }

    /// Ends the waiting.
    func fail(_ error: any Error) {
        let waiter = state.withLock { state in
            state.failure = error
            return state.waiter.take()
        }
        waiter?.continuation.resume(throwing: error)
    }

    private func change(_ version: VersionIdentity? = nil, _ change: (inout State) -> Void) {
        let waiter = state.withLock { state -> Waiter? in
            change(&state)
            state.notes += 1
            guard let waiter = state.waiter, waiter.version == version,
                state.hasApplied(waiter.version, waiter.watchers)
            else { return nil }
            return state.waiter.take()
        }
        waiter?.continuation.resume()
    }
}

extension UpdateRecorder.State {
    fileprivate func hasApplied(_ version: VersionIdentity, _ watchers: Int) -> Bool {
        finished.contains(version) || updates[version]?.applied.count ?? 0 >= watchers
    }

    /// Counts, in the order in which they were sent, the updates to which nothing more can happen.
    fileprivate mutating func countFinished(watchers: Int) {
        while let version = open.first {
            let (times, message) = times(of: version)
            let isOver = times.applied.count >= watchers || newest[version.key].map { $0 > version.version } ?? false
            guard isOver, times.received.count >= watchers, times.announcedAt != nil else { return }
            open.removeFirst()
            count(version, times, message)
            finished.insert(version)
        }
    }

    fileprivate mutating func countOpen() {
        while let version = open.popFirst() {
            let (times, message) = times(of: version)
            count(version, times, message)
        }
    }

    private mutating func count(_ version: VersionIdentity, _ times: UpdateTimes, _ message: String?) {
        if let sentAt = times.sentAt, let measuringSince, sentAt >= measuringSince {
            figures.add(times, sentAt: sentAt)
        }
        updates[version] = nil
        epochs[version] = nil
        if let message { messages[message] = nil }
    }

    /// What is known of an update, and the identifier of its message.
    private func times(of version: VersionIdentity) -> (UpdateTimes, message: String?) {
        var times = updates[version] ?? UpdateTimes()
        let identifier = epochs[version].map { ConfigEvent.identifier(of: version.version, of: version.key, in: $0) }
        if let message = identifier.flatMap({ messages[$0] }) {
            times.announcedAt = message.announcedAt
            times.received += message.received
        }
        return (times, identifier)
    }
}
