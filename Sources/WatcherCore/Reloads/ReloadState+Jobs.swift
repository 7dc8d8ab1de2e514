extension ReloadState {
    /// Begins the next reload when one is due, and completes the calls that waited for one when none is.
    mutating func advance(at now: Instant) -> [WatchAction] {
        heldUntil = nil
        guard running == nil, !isStopping else { return withdrawOutdated(at: now) }
        let deletion = reportDeletion()
        guard let job = nextJob(at: now) else { return deletion + commands.nothingToDo() }
        running = job
        commands.begin(job)
        return deletion + [.run(job)]
    }

    private mutating func nextJob(at now: Instant) -> ReloadJob? {
        if let command = commands.next() {
            let running = command.kind == .reapply ? applied?.layers : nil
            return ReloadJob(
                number: nextJobNumber(), kind: command.kind, layers: command.layers ?? running ?? newest,
                trigger: command.trigger)
        }
        guard !isPaused, start.isReady else { return nil }
        guard pin == nil || pin != newest.identity, let layers = wanted(at: now) else {
            debounce.begin()
            return nil
        }
        guard !isHeld(at: now) else { return nil }
        debounce.begin()
        return newJob(layers)
    }

    /// True while a burst of changes is waited out. Nothing waits that was requested, and nothing while nothing runs.
    private mutating func isHeld(at now: Instant) -> Bool {
        guard applied != nil, !commands.hasWaiting, let moment = debounce.notBefore, moment > now else { return false }
        heldUntil = moment
        return true
    }

    private mutating func newJob(_ layers: DocumentLayers) -> ReloadJob {
        if let retry, retry.identity == layers.identity {
            return ReloadJob(
                number: nextJobNumber(), kind: .reload, layers: layers, trigger: retry.trigger,
                attempt: retry.attempts + 1)
        }
        let isFirst = applied == nil && counters.reloads == 0
        return ReloadJob(number: nextJobNumber(), kind: .reload, layers: layers, trigger: isFirst ? .start : cause)
    }

    /// True for what has content, and for a deleted document whose defaults are to run.
    func mayRun(_ layers: DocumentLayers) -> Bool {
        layers.hasContent || deletion == .useDefaults && layers != DocumentLayers()
    }

    /// The best combination of documents that does not run yet and was not refused.
    ///
    /// Without overlay there is one: the newest version. With overlay a bad version of one document must not keep a good
    /// one of the other from running, so each is tried on top of what runs when both together were refused. Before anything
    /// runs, what ran last is better than nothing.
    func wanted(at now: Instant) -> DocumentLayers? {
        for candidate in candidates(at: now) {
            if candidate.identity == applied?.layers.identity { return nil }
            if mayRun(candidate), !rejected.contains(candidate.identity), !keepsSets || !tearsSet(candidate) {
                return candidate
            }
        }
        return nil
    }

    private func candidates(at now: Instant) -> [DocumentLayers] {
        var newest = newest
        if start.usesCache, let cached = start.cached {
            for layer in start.unread where newest[layer] == nil { newest[layer] = cached[layer] }
        }
        var candidates = [newest]
        if let applied = applied?.layers {
            if isOverlay, mayRun(newest) {
                candidates.append(DocumentLayers(main: newest.main, base: applied.base))
                candidates.append(DocumentLayers(main: applied.main, base: newest.base))
            }
        } else if let cached = start.usable(at: now) {
            candidates.append(cached)
        }
        return candidates
    }
}
