extension ReloadState {
    /// The read behind a requested reload has ended.
    mutating func reload(
        isForced: Bool, trigger: ReloadTrigger, ticket: Int, at now: Instant
    ) -> [WatchAction] {
        guard !isStopping else { return stopped(ticket) }
        if isForced {
            guard mayRun(newest) else {
                let error = WatcherError(.noConfiguration, "There is no configuration of \(key) to load.")
                return [.complete(ticket: ticket, .failure(error))]
            }
            commands.add(.init(kind: .forced, trigger: trigger, layers: nil, ticket: ticket))
        } else if let running, running.layers.identity == newest.identity {
            commands.attach(ticket)
        } else {
            commands.wait(ticket)
        }
        return advance(at: now)
    }

    /// An earlier version is requested.
    mutating func rollback(to target: RollbackTarget, ticket: Int, at now: Instant) -> [WatchAction] {
        guard let version = good.version(target, running: applied) else {
            let error = WatcherError(.unknownVersion, missing(target))
            return [.complete(ticket: ticket, .failure(error))]
        }
        guard !isStopping else { return stopped(ticket) }
        commands.add(.init(kind: .rollback, trigger: .rollback, layers: version.layers, ticket: ticket))
        return advance(at: now)
    }

    private func missing(_ target: RollbackTarget) -> String {
        let kept = good.versions
        guard !kept.isEmpty else {
            return "No version of \(key) is kept here: nothing ran yet, or none are to be kept."
        }
        let numbers = kept.map { String($0.layers.main?.version ?? 0) }.joined(separator: ", ")
        return switch target {
        case .previous: "Nothing ran before version \(applied?.layers.main?.version ?? 0) of \(key) that is kept here."
        case .version(let number): "Version \(number) of \(key) is not kept here; choose one of \(numbers)."
        case .hash: "No version of \(key) with this hash is kept here; choose one of \(numbers)."
        case .initial: "Nothing of \(key) ran yet."
        }
    }

    /// What runs is requested once more.
    mutating func reapply(ticket: Int, at now: Instant) -> [WatchAction] {
        guard !isStopping else { return stopped(ticket) }
        guard applied != nil else { return [.complete(ticket: ticket, .success(nil))] }
        commands.add(.init(kind: .reapply, trigger: .secret, layers: nil, ticket: ticket))
        return advance(at: now)
    }

    /// Nothing is applied until `resume`, except a forced reload or a rollback.
    mutating func pause(at now: Instant) -> [WatchAction] {
        isPaused = true
        return withdrawOutdated(at: now)
    }

    /// The newest is applied again.
    mutating func resume(at now: Instant) -> [WatchAction] {
        isPaused = false
        return advance(at: now)
    }

    /// A version that is waiting is tried now, and what is read next does not wait.
    mutating func hurry(_ trigger: ReloadTrigger, at now: Instant) -> [WatchAction] {
        let isHeld = heldUntil != nil
        debounce.hurry()
        guard let identity = retry?.identity, retry?.hurry(trigger) ?? false else {
            return isHeld ? advance(at: now) : []
        }
        rejected.remove(identity)
        return advance(at: now)
    }

    /// A handler that was stuck has returned: it has to be called with what runs.
    mutating func bringHandlersBack(at now: Instant) -> [WatchAction] {
        guard let applied, !isStopping else { return [] }
        commands.add(.init(kind: .bringBack, trigger: .manual, layers: applied.layers, ticket: nil))
        return advance(at: now)
    }

    private func stopped(_ ticket: Int) -> [WatchAction] {
        [.complete(ticket: ticket, .failure(WatcherError(.notRunning, "The watcher of \(key) stopped.")))]
    }
}
