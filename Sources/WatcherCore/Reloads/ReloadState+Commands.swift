extension ReloadState {
    /// The read behind a requested reload has ended.
    mutating func reload(isForced: Bool, ticket: Int, at now: Instant) -> [WatchAction] {
        guard !isStopping else { return stopped(ticket) }
        if isForced {
            guard newest.hasContent else {
                let error = WatcherError(.noConfiguration, "There is no configuration of \(key) to load.")
                return [.complete(ticket: ticket, .failure(error))]
            }
            commands.add(.init(kind: .forced, layers: nil, ticket: ticket))
        } else if let running, running.layers.identity == newest.identity {
            commands.attach(ticket)
        } else {
            commands.wait(ticket)
        }
        return advance(at: now)
    }

    /// An earlier version is requested.
    mutating func rollback(to version: Int64, ticket: Int, at now: Instant) -> [WatchAction] {
        guard let target = good.version(version) else {
            let kept = good.versions.map { String($0.layers.main?.version ?? 0) }.joined(separator: ", ")
            let error = WatcherError(
                .unknownVersion,
                "Version \(version) of \(key) is not kept here"
                    + (kept.isEmpty ? "; nothing ran yet." : "; choose one of \(kept)."))
            return [.complete(ticket: ticket, .failure(error))]
        }
        return rollback(to: target, ticket: ticket, at: now)
    }

    /// The version that ran first is requested.
    mutating func rollbackToInitial(ticket: Int, at now: Instant) -> [WatchAction] {
        guard let initial = good.initial else {
            let error = WatcherError(.unknownVersion, "Nothing of \(key) ran yet.")
            return [.complete(ticket: ticket, .failure(error))]
        }
        return rollback(to: initial, ticket: ticket, at: now)
    }

    /// Nothing is applied until `resume`, except a forced reload or a rollback.
    mutating func pause() { isPaused = true }

    /// The newest is applied again.
    mutating func resume(at now: Instant) -> [WatchAction] {
        isPaused = false
        return advance(at: now)
    }

    /// A version that is waiting is tried now, and what is read next does not wait.
    mutating func hurry(at now: Instant) -> [WatchAction] {
        let isHeld = heldUntil != nil
        debounce.hurry()
        guard let identity = retry?.identity, retry?.hurry() ?? false else { return isHeld ? advance(at: now) : [] }
        rejected.remove(identity)
        return advance(at: now)
    }

    /// A handler that was stuck has returned: it has to be called with what runs.
    mutating func settleHandlers(at now: Instant) -> [WatchAction] {
        guard let applied, !isStopping else { return [] }
        commands.add(.init(kind: .settle, layers: applied.layers, ticket: nil))
        return advance(at: now)
    }

    private mutating func rollback(to target: GoodVersion, ticket: Int, at now: Instant) -> [WatchAction] {
        guard !isStopping else { return stopped(ticket) }
        commands.add(.init(kind: .rollback, layers: target.layers, ticket: ticket))
        return advance(at: now)
    }

    private func stopped(_ ticket: Int) -> [WatchAction] {
        [.complete(ticket: ticket, .failure(WatcherError(.notRunning, "The watcher of \(key) stopped.")))]
    }
}
