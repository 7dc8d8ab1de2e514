package import ConfigModel

extension WatchState {
    /// Whether the watcher does what its application needs.
    ///
    /// - Parameters:
    ///   - state: what it is doing.
    ///   - age: the age of the last proof.
    ///   - loadedAt: when what runs was loaded.
    ///   - stuckHandlers: the names of handlers that have not returned.
    ///   - now: the present moment.
    package func health(
        _ state: WatcherState, age: Duration?, loadedAt: Timestamp?, stuckHandlers: [String] = [], at now: Instant
    ) -> WatcherHealth {
        let (status, reason) = verdict(state, stuckHandlers, at: now)
        let layers = reloads.applied?.layers
        return WatcherHealth(
            status: status, state: state, version: layers.map { $0.main?.version ?? 0 },
            defaultVersion: reloads.isOverlay ? layers.map { $0.base?.version ?? 0 } : nil,
            contentHash: reloads.applied?.contentHash, loadedAt: loadedAt, age: age,
            rejectedVersion: rejectedVersion, reason: reason)
    }

    /// The newest version, when it was refused by decoding, validation or handlers.
    private var rejectedVersion: Int64? {
        guard reloads.rejection != nil else { return nil }
        return (reloads.newest.main ?? reloads.newest.base)?.version
    }

    /// The worst counts.
    private func verdict(
        _ state: WatcherState, _ stuckHandlers: [String], at now: Instant
    ) -> (WatcherHealth.Status, String?) {
        let excess = staleness.excess(lastProof: lastProof, at: now).map {
            "For \($0.asAge) there was no proof that the newest version is known."
        }
        if let excess, case .fail = staleness.policy { return (.unhealthy, excess) }
        if state == .stopped { return (.unhealthy, "The watcher of \(key) has ended.") }
        let refusal = reloads.rejection ?? reloads.refusal?.description
        guard reloads.applied != nil else {
            return (.unhealthy, reloads.obstacle)
        }
        if let refusal { return (.degraded, refusal) }
        if let name = stuckHandlers.first {
            return (.degraded, "The handler '\(name)' has not returned from an earlier version.")
        }
        if let excess { return (.degraded, excess) }
        return (.healthy, remark(state))
    }

    /// Why the newest version does not run, although nothing more is done about it; nil when it does.
    package var hindrance: String? {
        if reloads.isPaused { return remark(.paused) }
        guard reloads.applied?.layers.identity != reloads.newest.identity else {
            return reloads.refusal?.description
        }
        return reloads.pin == reloads.newest.identity ? remark(.pinned) : reloads.obstacle
    }

    private func remark(_ state: WatcherState) -> String? {
        switch state {
        case .pinned: "An earlier version runs because of a rollback."
        case .paused: "New versions wait until they are let in."
        case .stale where reloads.setWait != nil: reloads.setWait?.reason
        case .stale where !reloads.newest.hasContent && reloads.newest != DocumentLayers(): "The document was deleted."
        default: nil
        }
    }
}
