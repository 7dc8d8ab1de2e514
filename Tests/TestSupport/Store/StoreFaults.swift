import ConfigRegistry
package import ConfigStore
import Synchronization

/// Makes an in-memory store fail, pause and count.
package final class StoreFaults: Sendable {
    /// What happens to one append.
    package enum Append: Sendable {
        /// Nothing is stored, and the caller learns that.
        case refused(StoreError)
        /// The response is lost before anything is stored.
        case lostRequest
        /// The version is stored, the response is lost.
        case lostAnswer
        /// Another registry's version, which no majority holds yet, is in the way.
        case taken

        var before: StoreError? {
            switch self {
            case .refused(let error): error
            case .lostRequest: .unavailable("the connection broke")
            case .lostAnswer, .taken: nil
            }
        }

        var after: StoreError? {
            if case .lostAnswer = self { return .unavailable("the connection broke") }
            return nil
        }

        var instead: AppendOutcome? {
            if case .taken = self { return .versionTaken }
            return nil
        }
    }

    private struct State {
        var appends: [Append] = []
        var everyAppend: Append?
        var failingMarks = 0
        var isAway = false
        var isClosed = false

        /// Why nothing works, when nothing does.
        var outage: StoreError? {
            isClosed ? .closed : isAway ? .unavailable("the store is away") : nil
        }
        var isLogFull = false
        var reads = 0
        var accessReads = 0
        var largestPage = 0
        var marks = 0
        var onRead: (@Sendable () async -> Void)?
        var beforeRead: (@Sendable () async -> Void)?
        var beforeAppend: (@Sendable () async -> Void)?
    }

    private let state = Mutex(State())

    /// What happens to the next appends, one after the other.
    package func failAppends(_ faults: Append...) { state.withLock { $0.appends += faults } }

    /// What happens to all appends that have no fault of their own.
    package var everyAppend: Append? {
        get { state.withLock { $0.everyAppend } }
        set { state.withLock { $0.everyAppend = newValue } }
    }

    /// How many of the next marks fail.
    package func failMarks(_ count: Int) { state.withLock { $0.failingMarks = count } }

    /// The store was closed: every call says so from now on.
    package func close() { state.withLock { $0.isClosed = true } }

    /// True to answer nothing but errors.
    package var isAway: Bool {
        get { state.withLock { $0.isAway } }
        set { state.withLock { $0.isAway = newValue } }
    }

    /// True to refuse entries of the access log.
    package var isLogFull: Bool {
        get { state.withLock { $0.isLogFull } }
        set { state.withLock { $0.isLogFull = newValue } }
    }

    /// How many reads of identities have begun.
    package var accessReads: Int { state.withLock { $0.accessReads } }

    /// How many reads have begun.
    package var reads: Int { state.withLock { $0.reads } }

    /// The most content that one read of several versions answered.
    package var largestPage: Int { state.withLock { $0.largestPage } }

    /// How many writes marked something.
    package var marks: Int { state.withLock { $0.marks } }

    /// Runs after a read has seen its data, and before its response.
    package func onRead(_ body: (@Sendable () async -> Void)?) { state.withLock { $0.onRead = body } }

    /// Runs before a read sees its data.
    package func beforeRead(_ body: (@Sendable () async -> Void)?) { state.withLock { $0.beforeRead = body } }

    /// Runs before an append is looked at.
    package func beforeAppend(_ body: (@Sendable () async -> Void)?) { state.withLock { $0.beforeAppend = body } }

    func beforeAppend() async throws(StoreError) -> Append? {
        let (pause, fault, outage) = state.withLock { state in
            let fault = state.appends.isEmpty ? state.everyAppend : state.appends.removeFirst()
            return (state.beforeAppend, fault, state.outage)
        }
        await pause?()
        if let outage { throw outage }
        return fault
    }

    func beforeRead() async throws(StoreError) {
        let (pause, outage) = state.withLock { state in
            state.reads += 1
            return (state.beforeRead, state.outage)
        }
        await pause?()
        if let outage { throw outage }
    }

    func noteAccessRead() { state.withLock { $0.accessReads += 1 } }

    /// Before a change that is neither an append nor a mark.
    func requirePresent() throws(StoreError) {
        if let outage = state.withLock({ $0.outage }) { throw outage }
    }

    func beforeLogEntry() throws(StoreError) {
        if state.withLock({ $0.isLogFull }) { throw .full("there is no room left for the access log") }
    }

    func afterRead() async { await state.withLock { $0.onRead }?() }

    func note(contentBytes: Int) { state.withLock { $0.largestPage = max($0.largestPage, contentBytes) } }

    func beforeMark() async throws(StoreError) {
        let failure = state.withLock { state -> StoreError? in
            state.marks += 1
            defer { state.failingMarks = max(0, state.failingMarks - 1) }
            return state.outage ?? (state.failingMarks > 0 ? .unavailable("the mark failed") : nil)
        }
        if let failure { throw failure }
    }
}
