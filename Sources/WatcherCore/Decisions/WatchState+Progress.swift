package import ConfigModel

/// How far a watcher is on its way to a version.
package enum VersionProgress: Sendable, Equatable {
    /// It runs, or a newer one does.
    case runs
    /// It was refused, or a newer one was, and nothing is tried again by itself.
    case refused(version: Int64, reason: String)
    /// Neither yet.
    case open
}

extension WatchState {
    /// The version that runs; nil while nothing does.
    package var runningVersion: Int64? { reloads.applied.map { $0.layers.main?.version ?? 0 } }

    /// How far the watcher is on its way to a version.
    ///
    /// - Parameter epoch: the history that it was published in; nil for the one that is followed.
    package func progress(to version: Int64, epoch: Epoch?) -> VersionProgress {
        if let main = reloads.applied?.layers.main, main.isAtLeast(version, epoch) { return .runs }
        guard let newest = reloads.newest.main, newest.isAtLeast(version, epoch), let reason = reloads.rejection,
            reloads.running == nil, reloads.retry == nil
        else { return .open }
        return .refused(version: newest.version, reason: reason)
    }
}

extension DocumentVersion {
    /// True for that version and for every newer one in the history that is followed, and for any of a later history.
    fileprivate func isAtLeast(_ version: Int64, _ epoch: Epoch?) -> Bool {
        guard let epoch, epoch != self.epoch else { return self.version >= version }
        return self.epoch.number > epoch.number
    }
}
