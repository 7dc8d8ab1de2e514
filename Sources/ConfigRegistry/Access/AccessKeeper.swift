import AsyncSupport
package import ConfigAccess
package import ConfigModel
package import ConfigStore
import Logging
import Synchronization

/// Knows who may do what, from memory: nothing waits for the store to be let in.
///
/// The store's state is read once a second, together with its epoch, and the identities when their number has risen, and once
/// a minute in any case. When the store is away, what is known counts for 30 seconds.
package final class AccessKeeper: Sendable {
    /// For how long what is known counts after it was proven last.
    static let lifetime: Duration = .seconds(30)
    /// The identities are read this often although their number has not risen: a registry that ended between a change and the
    /// rise of the number leaves the change unread.
    static let rereadPeriod: Duration = .seconds(60)

    private let store: any AccessStore
    private let logger: Logger
    private let known = Mutex(KnownAccess())
    private let changes = Generation()
    private let lookUps: TokenLookUps
    private let uses: TokenUses
    private let outage = Mutex<StoreError?>(nil)
    private let readings: SingleFlight<String, AccessTable, StoreError>

    init(store: any AccessStore, logger: Logger) {
        self.store = store
        self.logger = logger
        lookUps = TokenLookUps(store: store)
        uses = TokenUses(store: store, logger: logger)
        readings = SingleFlight { _ throws(StoreError) in
            AccessTable(tokens: try await store.tokens(), denials: try await store.denials())
        }
    }

    /// Writes once a minute which tokens were used, until cancelled, and once more then.
    func run() async { await uses.run() }
}

// MARK: From memory

extension AccessKeeper {
    /// Whether the store lets callers in without a credential, as last read.
    package var rule: AuthenticationRule { known.withLock { $0.rule } }

    /// Rises with each change of what is decided here. What was remembered under another number has to be decided again.
    package var generation: UInt64 { changes.value }

    /// Returns when `generation` is another than this one, or when cancelled.
    package func wait(after generation: UInt64) async { await changes.wait(after: generation) }

    /// False when the store was away for so long that no caller can be let in.
    package var isKnown: Bool {
        known.withLock { $0.provenAt }.map { ContinuousClock.now - $0 <= Self.lifetime } ?? false
    }

    /// How long ago what is known was proven last; nil before the first time.
    package var age: Duration? { known.withLock { $0.provenAt }.map { ContinuousClock.now - $0 } }

    /// Whose token it is. For `unknown` the store may know it, see `lookUp`.
    package func check(_ text: TokenText, at now: Timestamp) -> AccessTable.Check { table.check(text, at: now) }

    /// Whether an identity that was let in still counts.
    package func standing(of principal: Principal, at now: Timestamp) -> AccessTable.Standing {
        table.standing(of: principal, at: now)
    }

    /// Whether an identity that the registry did not issue, or one of its tokens, is refused.
    package func isDenied(identity: String, jti: String?, at now: Timestamp) -> Bool {
        table.isDenied(identity: identity, jti: jti, at: now)
    }

    /// Notes that a token was used. It is written once a minute, for each token every five minutes at most.
    package func noteUse(_ tokenID: String, at now: Timestamp) { uses.note(tokenID, at: now) }

    /// What is known now: a copy that does not change.
    package var table: AccessTable { known.withLock { $0.table } }
}

// MARK: From the store

extension AccessKeeper {
    /// Whose token it is that the table does not have: one read of the store, shared by all who ask for the same token.
    ///
    /// - Returns: `wrong` when the store does not have it either; `unknown` when that could not be learned, because the store
    ///   is away or too many unknown tokens are looked up.
    package func lookUp(_ text: TokenText, at now: Timestamp) async -> AccessTable.Check {
        let check = check(text, at: now)
        guard check == .unknown else { return check }
        switch await lookUps.token(text.id) {
        case .found(let token, let moment):
            known.withLock { $0.learn(token, readAt: moment) }
            return self.check(text, at: now)
        case .absent: return .wrong
        case .unavailable: return .unknown
        }
    }

    /// Takes what the store said about itself to a read that began at this moment, and reads what has changed.
    func take(_ state: StoreState, readAt moment: ContinuousClock.Instant) async {
        let wasKnown = known.withLock { $0.provenAt } != nil
        if known.withLock({ $0.take(state.authentication, readAt: moment) }) {
            if wasKnown {
                logger.notice(
                    "the store has another rule of authentication", metadata: ["rule": "\(state.authentication)"])
            }
            changes.advance()
        }
        do {
            try await readTable(state, moment)
            known.withLock { $0.provenAt = max($0.provenAt ?? moment, moment) }
            if outage.withLock({ $0.take() }) != nil { logger.notice("identities are read again") }
        } catch {
            lost(error)
        }
    }

    /// Nothing could be read.
    func lost(_ error: StoreError) {
        // A registry that stops cancels its own reading, which says nothing about the store.
        guard rule != .optional, !Task.isCancelled else { return }
        let isNews = outage.withLock { outage in
            defer { outage = error }
            return outage == nil
        }
        guard isNews else { return }
        logger.warning(
            "identities cannot be read: what is known counts for 30 seconds", metadata: ["error": "\(error)"])
    }

    /// - Throws: why identities that callers need cannot be read.
    func requireKnown() throws(StoreError) {
        if let error = outage.withLock({ $0 }) { throw error }
    }

    /// Takes a change that this registry made and that the store has.
    func apply(_ rule: AuthenticationRule? = nil, _ change: @escaping KnownAccess.Change) {
        known.withLock { known in
            known.apply(change)
            if let rule { _ = known.take(rule, readAt: .now) }
        }
        changes.advance()
    }

    private func readTable(_ state: StoreState, _ moment: ContinuousClock.Instant) async throws(StoreError) {
        // Nothing about identities was ever changed, or not before the backup that was restored.
        guard state.access > 0 else { return install(AccessTable(), state, moment) }
        let isFresh = known.withLock { known in
            known.number == state.access && known.tableReadAt.map { moment - $0 < Self.rereadPeriod } ?? false
        }
        if isFresh { return }
        let reading = try await readings.value(for: "", joinsRunning: false)
        install(reading.value, state, reading.beganAt)
    }

    private func install(_ table: AccessTable, _ state: StoreState, _ moment: ContinuousClock.Instant) {
        let (before, now) = known.withLock { $0.install(table, number: state.access, readAt: moment) }
        uses.forget { now.token($0) == nil }
        if !now.decides(like: before) { changes.advance() }
    }
}
