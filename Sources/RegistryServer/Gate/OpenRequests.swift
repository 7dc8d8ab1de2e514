import AsyncSupport
import ConfigAccess
import ConfigModel
import ServiceLifecycle
import Synchronization

/// The streams and waiting reads that are open: each is ended when the identity that it was opened with does not count any more.
///
/// One task watches over all of them: it looks whenever identities changed, when the next of them expires, and from time to time.
final class OpenRequests: Service {
    /// What is to be done when an identity does not count any more. It must not wait.
    typealias End = @Sendable (AccessTable.Standing) -> Void

    /// The longest time between two looks.
    private static let period: Duration = .seconds(30)

    private struct Entry {
        let principal: Principal
        let end: End
    }

    private struct State {
        var entries: [UInt64: Entry] = [:]
        var next: UInt64 = 0
        /// When the next of them expires.
        var expiry: Timestamp?
    }

    private let gate: any RequestGate
    private let state = Mutex(State())
    private let wake = WakeSignal()

    init(gate: any RequestGate) { self.gate = gate }

    /// Runs `body` under the eye of this.
    ///
    /// - Parameter end: called at most once, when the identity does not count any more.
    func withEntry<Result>(
        of principal: Principal, end: @escaping End, _ body: () async throws -> Result
    ) async rethrows -> Result {
        let id = enter(principal, end: end)
        defer { leave(id) }
        return try await body()
    }

    /// Keeps an eye on a request until `leave` is called with what this returns.
    ///
    /// - Parameter end: called at most once, when the identity does not count any more.
    func enter(_ principal: Principal, end: @escaping End) -> UInt64 {
        let (id, isSooner) = state.withLock { state in
            state.next += 1
            state.entries[state.next] = Entry(principal: principal, end: end)
            guard let expiry = principal.expiresAt, state.expiry.map({ expiry < $0 }) ?? true else {
                return (state.next, false)
            }
            state.expiry = expiry
            return (state.next, true)
        }
        if isSooner { wake.signal() }
        // It may have been changed before this knew of it.
        look(at: [id])
        return id
    }

    /// The request is over.
    func leave(_ id: UInt64) { state.withLock { _ = $0.entries.removeValue(forKey: id) } }

    func run() async {
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    var seen = self.gate.generation
                    while !Task.isCancelled {
                        await self.gate.wait(after: seen)
                        seen = self.gate.generation
                        self.wake.signal()
                    }
                }
                while !Task.isCancelled {
                    await self.wake.wait(atMost: self.pause)
                    self.lookAtAll()
                }
                group.cancelAll()
            }
        }
    }

    private var pause: Duration {
        let expiry = state.withLock { $0.expiry }
        guard let expiry else { return Self.period }
        return min(Self.period, .milliseconds(max(1, expiry.milliseconds - Timestamp.now.milliseconds)))
    }

    private func lookAtAll() {
        let ids = state.withLock { state in
            state.expiry = nil
            return Array(state.entries.keys)
        }
        look(at: ids)
        let now = Timestamp.now
        state.withLock { state in
            let expiries = state.entries.values.compactMap(\.principal.expiresAt).filter { $0 > now }
            state.expiry = ([state.expiry].compactMap { $0 } + expiries).min()
        }
    }

    private func look(at ids: [UInt64]) {
        for id in ids {
            guard let entry = state.withLock({ $0.entries[id] }) else { continue }
            let standing = gate.standing(of: entry.principal)
            guard standing != .valid else { continue }
            state.withLock { _ = $0.entries.removeValue(forKey: id) }
            entry.end(standing)
        }
    }
}
