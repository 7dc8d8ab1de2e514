package import ConfigModel

/// Where a watcher stands with one member of a change set that it follows.
package enum SetStanding: Sendable, Equatable {
    /// Nothing has to be waited for: it runs that version or a newer one, or there is nothing to run.
    case settled
    /// That version or a newer one is proven, and does not run yet.
    case proven
    /// The same, and it was refused.
    case refused
    /// An older one is proven.
    case older
    /// Nothing is known yet: it is being read.
    case unread
}

extension WatchState {
    /// Where this watcher stands with a version of one of its documents.
    ///
    /// - Parameter epoch: in which the version was written.
    package func standing(of key: DocumentKey, version: Int64, epoch: Epoch) -> SetStanding {
        guard let layer = proofs.layer(of: key), !reloads.isStopping else { return .settled }
        let reaches = { (document: DocumentVersion?) in document?.reaches(version, epoch) ?? false }
        if reaches(reloads.applied?.layers[layer]) { return .settled }
        let newest = reloads.newest
        guard reaches(newest[layer]) else { return proofs[layer]?.isConfirmed ?? false ? .older : .unread }
        // A deleted document may run on with what it had, and one that is pinned was taken out by an operator.
        if !reloads.mayRun(newest) || reloads.pin == newest.identity { return .settled }
        return reloads.rejected.contains(newest.identity) ? .refused : .proven
    }

    /// Why a version that could be applied waits; nil when none does.
    package var setWait: String? { reloads.setWait?.reason }
}
