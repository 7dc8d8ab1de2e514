extension WatchPipeline {
    /// What the watcher is doing; stale when the last proof is older than `limit`.
    func watcherState(staleAfter limit: Duration, age: Duration?) -> WatcherState {
        if phase == .ended { return .stopped }
        return inspect { state in
            let reloads = state.reloads
            if reloads.running != nil { return .reloading }
            if reloads.isPaused { return .paused }
            if reloads.pin != nil { return .pinned }
            if reloads.rejection != nil || reloads.disbelief != nil { return .rejected }
            if reloads.applied == nil { return .starting }
            guard let age, age <= limit, reloads.applied?.layers.identity == reloads.newest.identity else {
                return .stale
            }
            return .current
        }
    }
}
