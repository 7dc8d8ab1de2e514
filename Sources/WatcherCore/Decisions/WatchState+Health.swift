package import ConfigModel

extension WatchState {
    /// Whether the watcher does what its application needs.
    ///
    /// - Parameters:
    ///   - state: what it is doing.
    ///   - age: the age of the last proof.
    ///   - loadedAt: when what runs was loaded.
    ///   - now: the present moment.
    package func health(_ state: WatcherState, age: Duration?, loadedAt: Timestamp?, at now: Instant) -> WatcherHealth {
        let (status, reason) = verdict(state, at: now)
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
    private func verdict(_ state: WatcherState, at now: Instant) -> (WatcherHealth.Status, String?) {
        let excess = staleness.excess(lastProof: lastProof, at: now).map {
            "For \($0.asAge) there was no proof that the newest version is known."
        }
        if let excess, case .fail = staleness.policy { return (.unhealthy, excess) }
        if state == .stopped { return (.unhealthy, "The watcher of \(key) has ended.") }
        let refusal = reloads.rejection ?? reloads.refusal?.description
        guard reloads.applied != nil else {
            return (
                .unhealthy,
                refusal ?? reloads.setWait?.reason
                    ?? (saysMissing ? "There is no such document." : reloads.start.obstacle)
            )
        }
        if let refusal { return (.degraded, refusal) }
        if let excess { return (.degraded, excess) }
        return (.healthy, remark(state))
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
