import ConfigModel

extension ReloadState {
    /// What became of the reload under way, which may have to wait for other documents.
    mutating func receive(_ notice: SetNotice, at now: Instant) -> [WatchAction] {
        switch notice {
        case .held(let job, let reason):
            guard let running, running.number == job else { return [] }
            if setWait == nil { noteWait(of: running, reason) }
            setWait = SetWait(job: job, reason: reason, isWithdrawing: setWait?.isWithdrawing ?? false)
            return withdrawOutdated(at: now)
        case .begun(let job):
            if setWait?.job == job { setWait = nil }
            return []
        case .withdrawn(let job):
            guard running?.number == job else { return [] }
            running = nil
            setWait = nil
            commands.withdraw()
            return afterwards(at: now)
        case .reconsider:
            let identity = newest.identity
            guard rejected.remove(identity) != nil else { return [] }
            if retry?.identity == identity { retry = nil }
            return advance(at: now)
        }
    }

    private mutating func noteWait(of job: ReloadJob, _ reason: String) {
        counters.setWaits += 1
        let version = outcome(of: job.layers, .applied)
        let waiting = Outcome(
            key: key, version: version.version, defaultVersion: version.defaultVersion, epoch: version.epoch,
            kind: version.kind, reason: reason)
        record(waiting, .waiting, cause: job.trigger)
    }

    /// Gives up a reload that waits when it is not what has to be done next.
    mutating func withdrawOutdated(at now: Instant) -> [WatchAction] {
        guard let running, let wait = setWait, wait.job == running.number, !wait.isWithdrawing else { return [] }
        let isOutdated = isPaused || !commands.isEmpty || wanted(at: now)?.identity != running.layers.identity
        guard isOutdated else { return [] }
        setWait?.isWithdrawing = true
        return [.withdraw(job: running.number)]
    }

    /// True for a combination of documents in which a member of a change set is newer than what runs while another one is
    /// older than in the set.
    func tearsSet(_ candidate: DocumentLayers) -> Bool {
        guard isOverlay else { return false }
        return Layer.allCases.contains { layer in
            guard let document = candidate[layer], let set = document.changeSet,
                document.identity != applied?.layers[layer]?.identity
            else { return false }
            return set.versions.contains { member in
                let others = Layer.allCases.compactMap { newest[$0]?.key == member.key ? candidate[$0] : nil }
                return others.contains { !$0.reaches(member.version, document.recordEpoch) }
            }
        }
    }
}
