package import ConfigModel

/// All decisions of one watcher: what is proven about its documents, and what should run.
package struct WatchState: Sendable {
    /// The document that is followed.
    package let key: DocumentKey
    var reloads: ReloadState
    var proofs: LayerProofs
    /// Calls of `reload` that wait for the source.
    var demands: [WaitingDemand] = []
    /// It was said that there is no such document.
    var saysMissing = false
    /// What made the watcher look at its documents last.
    var looks = LookCauses()
    /// What the source's events are called in the history.
    private let sourceTrigger: ReloadTrigger
    var staleness: StalenessWatch
    private var wakes = WakePlan()

    /// The state of a watcher that has not begun.
    ///
    /// - Parameters:
    ///   - key: the document.
    ///   - isOverlay: true to follow the document of the default environment too.
    ///   - options: how to decide.
    ///   - now: the present moment.
    package init(key: DocumentKey, isOverlay: Bool, options: WatchOptions, now: Instant) {
        self.init(key: key, isOverlay: isOverlay, options: options, now: now, jitter: Jitter())
    }

    init(key: DocumentKey, isOverlay: Bool, options: WatchOptions, now: Instant, jitter: Jitter) {
        self.key = key
        var jitter = jitter
        let base = isOverlay ? key.inDefaultEnvironment : nil
        sourceTrigger = options.sourceTrigger
        staleness = StalenessWatch(policy: options.staleness, hasProofs: options.provesFreshness)
        let newProof = { (document: DocumentKey) in
            let schedule = ReadSchedule(
                interval: options.pollInterval, isOnDemand: options.isOnDemand, jitter: Jitter(seed: jitter.next()),
                now: now)
            return ProofState(key: document, trust: options.trust, schedule: schedule)
        }
        proofs = LayerProofs(main: newProof(key), base: base.map(newProof))
        reloads = ReloadState(key: key, isOverlay: base != nil, options: options, seed: jitter.next())
    }

    /// Since when it may be that a newer version exists; nil while nothing is proven. What runs from the cache was proven
    /// in an earlier run.
    package var lastProof: Instant? {
        if let moment = proofs.lastProof { return moment }
        guard let applied = reloads.applied, applied.layers == reloads.start.cached else { return nil }
        return reloads.start.cachedProof
    }

    /// The documents that are followed: its own and, with overlay, the one underneath.
    package var documents: [DocumentKey] { [key] + (proofs.base.map { [$0.key] } ?? []) }

    /// Takes what happened and returns what has to be done, in that order.
    ///
    /// - Parameters:
    ///   - input: what happened.
    ///   - now: the present moment.
    ///   - date: the time of day, for the history.
    package mutating func receive(
        _ input: WatchInput, at now: Instant, date: Timestamp = .now
    ) -> [WatchAction] {
        reloads.date = date
        var actions = decide(input, at: now)
        if let moment = wakes.order(wake) { actions.append(.wake(moment)) }
        return actions
    }

    private var wake: Instant? {
        let fails = reloads.isStopping ? nil : staleness.deadline(lastProof: lastProof)
        let reload = earlier(reloads.start.deadline, earlier(reloads.retry?.at, reloads.heldUntil))
        return earlier(earlier(proofs.wake, fails), reload)
    }

    private mutating func decide(_ input: WatchInput, at now: Instant) -> [WatchAction] {
        switch input {
        case .started:
            reloads.start.begin(at: now)
            staleness.begin(at: now)
            return []
        case .restored(let cached):
            return restore(cached, at: now)
        case .restoredGood(let versions):
            restoreGood(versions)
            return []
        case .source(let event, let key):
            if event.isAboutChange, let layer = proofs.layer(of: key) { looks[layer] = sourceTrigger }
            return prove(key, at: now) { $0.receive(event, at: now) }
        case .refresh(let trigger):
            looks.all(trigger)
            return reloads.hurry(trigger, at: now) + everyLayer(at: now) { $0.refresh(at: now) }
        case .received(let response, let request):
            return prove(request.key, at: now) { $0.received(response, to: request, at: now) }
        case .finished(let report):
            return reloads.finished(report, at: now)
        case .changeSet(let notice):
            return reloads.receive(notice, at: now)
        case .handlerReturned:
            return reloads.bringHandlersBack(at: now)
        case .tick:
            wakes.tick(at: now)
            return tick(at: now)
        case .command(let command):
            return obey(command, at: now)
        case .stop:
            return stop()
        }
    }

    private mutating func tick(at now: Instant) -> [WatchAction] {
        let reads = everyLayer(at: now) { $0.tick(at: now) }
        for case .read(let request) in reads {
            if let layer = proofs.layer(of: request.key) { looks[layer] = .poll }
        }
        let actions = reads + reloads.tick(at: now)
        let proof = lastProof
        guard !reloads.isStopping, let excess = staleness.end(lastProof: proof, at: now) else { return actions }
        let sentence = "For \(excess.asAge) there was no proof that what runs is the newest version of \(key)."
        return actions + [.fail(WatcherError(.notProven, sentence))]
    }
}

extension DocumentKey {
    /// The document underneath with overlay; nil for a document of the default environment.
    package var inDefaultEnvironment: DocumentKey? {
        environment == Self.defaultEnvironment ? nil : try? DocumentKey(service: service)
    }
}
