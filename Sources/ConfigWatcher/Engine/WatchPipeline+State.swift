extension WatchPipeline {
    /// What the watcher is doing; stale when the last proof is older than `limit`.
    func watcherState(staleAfter limit: Duration, age: Duration?) -> WatcherState {
        if phase == .ended { return .stopped }
        return inspect { state in
            let reloads = state.reloads
            if reloads.running != nil { return .reloading }
            if reloads.isPaused { return .paused }
            if reloads.pin != nil { return .pinned }
            // The registry serves another history: whether what runs is the newest of its own is not known.
            let isEstranged = reloads.disbelief?.isAboutEpoch ?? false
            if reloads.rejection != nil || (reloads.disbelief != nil && !isEstranged) { return .rejected }
            if reloads.applied == nil { return .starting }
            if isEstranged { return .stale }
            guard let age, age <= limit, reloads.applied?.layers.identity == reloads.newest.identity else {
                return .stale
            }
            return .current
        }
    }
}
