import ConfigAccess
import ConfigModel
import Synchronization

@testable import RegistryServer

/// Identities that a test gives, beside a store that has more.
final class TableIdentities: KnownIdentities {
    private struct State {
        var table: AccessTable
        var generation: UInt64 = 1
        var isKnown = true
        var isRequired = true
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state: Mutex<State>

    init(_ tokens: [AccessToken] = []) { state = Mutex(State(table: AccessTable(tokens: tokens))) }

    /// A token of an identity with these grants, which ends after some milliseconds.
    static func token(
        _ text: TokenText, name: String = "ci", _ grants: [String], endsIn milliseconds: Int64? = nil,
        isRevoked: Bool = false
    ) throws -> AccessToken {
        let now = Timestamp.now
        var token = AccessToken(
            id: text.id, hash: text.hash, name: name, grants: try grants.map(Grant.init(parsing:)), createdAt: now,
            createdBy: "test", expiresAt: milliseconds.map { Timestamp(milliseconds: now.milliseconds + $0) })
        if isRevoked { token.revokedAt = now }
        return token
    }

    /// Replaces what is known, and wakes all who wait for that.
    func replace(_ tokens: [AccessToken], denials: [Denial] = []) {
        let waiting = state.withLock { state in
            state.table = AccessTable(tokens: tokens, denials: denials)
            state.generation += 1
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    /// What only a look-up finds.
    func store(_ token: AccessToken) {
        stored.withLock { $0 = token }
    }

    private let stored = Mutex<AccessToken?>(nil)
    private let isStoreAway = Mutex(false)

    /// From now on no look-up reaches the store.
    func loseStore() { isStoreAway.withLock { $0 = true } }

    func forget() { state.withLock { $0.isKnown = false } }

    var isRequired: Bool {
        get { state.withLock { $0.isRequired } }
        set { state.withLock { $0.isRequired = newValue } }
    }
    var generation: UInt64 { state.withLock { $0.generation } }
    var isKnown: Bool { state.withLock { $0.isKnown } }

    func check(_ token: TokenText, at now: Timestamp) -> AccessTable.Check {
        state.withLock { $0.table.check(token, at: now) }
    }

    func lookUp(_ token: TokenText, at now: Timestamp) async -> AccessTable.Check {
        guard !isStoreAway.withLock({ $0 }) else { return .unknown }
        guard let known = stored.withLock({ $0 }), known.id == token.id else { return .wrong }
        state.withLock { $0.table.insert(known) }
        return check(token, at: now)
    }

    func standing(of principal: Principal, at now: Timestamp) -> AccessTable.Standing {
        state.withLock { $0.table.standing(of: principal, at: now) }
    }

    func noteUse(_ tokenID: String, at now: Timestamp) {}

    func wait(after generation: UInt64) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isDone = state.withLock { state in
                    if state.generation != generation || Task.isCancelled { return true }
                    state.waiting.append(continuation)
                    return false
                }
                if isDone { continuation.resume() }
            }
        } onCancel: {
            let waiting = state.withLock { state in
                defer { state.waiting = [] }
                return state.waiting
            }
            for continuation in waiting { continuation.resume() }
        }
    }
}
