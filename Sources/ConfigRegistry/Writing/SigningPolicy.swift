import AsyncSupport
import ConfigModel
import ConfigStore
import Logging
import Synchronization

/// Sees to it that a store which holds signed versions gets no unsigned ones.
///
/// The store itself says so, because another registry may have the key. It is read once a second. A registry without a key
/// writes nothing on the word of an older read; and a version that is signed is followed by no unsigned one however old the
/// read is, because a write builds on the head that it follows.
final class SigningPolicy: Sendable {
    private struct State {
        var rule = SigningRule.optional
        var readAt: ContinuousClock.Instant?
    }

    private let store: any EpochStore
    private let signs: Bool
    private let lifetime: Duration
    private let logger: Logger
    private let reads: SingleFlight<String, SigningRule, StoreError>
    private let state = Mutex(State())

    /// - Parameter lifetime: how old the word of the store may be.
    init(store: any EpochStore, signs: Bool, lifetime: Duration, logger: Logger) {
        self.store = store
        self.signs = signs
        self.lifetime = lifetime
        self.logger = logger
        reads = SingleFlight { _ throws(StoreError) in try await store.state().signing }
    }

    /// Whether this registry can write what the store takes, as it said last.
    var status: SigningStatus { SigningStatus(rule: state.withLock { $0.rule }, signs: signs) }

    /// Takes what the store said to a read that began at this moment.
    func learn(_ rule: SigningRule, readAt moment: ContinuousClock.Instant) {
        let isNews = state.withLock { state in
            if let known = state.readAt, known > moment { return false }
            defer { (state.rule, state.readAt) = (rule, moment) }
            // What held at the start is said by the program that starts.
            return state.readAt != nil && state.rule != rule
        }
        guard isNews, let problem = SigningStatus(rule: rule, signs: signs).problem else { return }
        logger.warning("\(problem)")
    }

    /// To be called before anything is done for a write.
    ///
    /// - Throws: `.signingRequired` when this registry may not write.
    func admitWrite() async throws(RegistryError) {
        guard !signs, try await rule(readAfter: .now - lifetime) == .required else { return }
        throw .signingRequired
    }

    /// To be called before a version is appended behind this head.
    ///
    /// - Throws: `.signingRequired` when this registry may not write.
    func admitVersion(after head: WriteHead?) async throws(RegistryError) {
        if signs { return try await requireSigning() }
        switch head {
        case nil: return
        case .damaged:
            // Whether it was signed is not known any more: the store's word counts.
            if try await rule(readAfter: .now) == .required { throw .signingRequired }
        case .whole(let record):
            guard record.signature != nil else { return }
            let rule = try await rule(readAfter: .now)
            if rule == .optional { try await setRequired() }
            guard rule == .off else { throw .signingRequired }
        }
    }

    /// The store says that signing is required before the first signed version is in it.
    private func requireSigning() async throws(RegistryError) {
        guard state.withLock({ $0.rule }) != .required else { return }
        try await setRequired()
    }

    private func setRequired() async throws(RegistryError) {
        let beganAt = ContinuousClock.now
        do {
            try await store.setSigning(.required)
        } catch {
            throw RegistryError(refusedAppend: error)
        }
        learn(.required, readAt: beganAt)
    }

    private func rule(readAfter moment: ContinuousClock.Instant) async throws(RegistryError) -> SigningRule {
        let known = state.withLock { $0 }
        if let readAt = known.readAt, readAt >= moment { return known.rule }
        do {
            var reading = try await reads.value(for: "", joinsRunning: true)
            if reading.beganAt < moment { reading = try await reads.value(for: "", joinsRunning: false) }
            learn(reading.value, readAt: reading.beganAt)
            return reading.value
        } catch {
            throw RegistryError(refusedAppend: error)
        }
    }
}
