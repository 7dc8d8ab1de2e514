import ConfigModel

/// All decisions of one watcher: what is proven about its documents, and what should run.
struct WatchState: Sendable {
    let key: DocumentKey
    var reloads: ReloadState
    var proofs: LayerProofs
    /// Those who asked for a reload and wait for the registry.
    var demands: [WaitingDemand] = []
    /// It was said that there is no such document.
    var saysMissing = false
    private var wakes = WakeList()

    init(key: DocumentKey, isOverlay: Bool, options: WatchOptions, now: Instant, jitter: Jitter = Jitter()) {
        self.key = key
        var jitter = jitter
        let base = isOverlay ? key.inDefaultEnvironment : nil
        reloads = ReloadState(key: key, isOverlay: base != nil, start: options.start, deletion: options.deletion)
        let newProof = { (document: DocumentKey) in
            let schedule = ReadSchedule(
                interval: options.pollInterval, jitter: Jitter(seed: jitter.next()), now: now)
            return ProofState(key: document, trust: options.trust, schedule: schedule)
        }
        proofs = LayerProofs(main: newProof(key), base: base.map(newProof))
    }

    /// Since when it may be that a newer version exists; nil while nothing is proven. What runs from the cache was proven
    /// in an earlier run.
    var lastProof: Instant? {
        if let moment = proofs.lastProof { return moment }
        guard let applied = reloads.applied, applied.layers == reloads.start.cached else { return nil }
        return reloads.start.cachedProof
    }

    /// Takes what happened and answers what has to be done, in that order.
    mutating func receive(_ input: WatchInput, at now: Instant) -> [WatchAction] {
        var actions = decide(input, at: now)
        if let moment = wakes.order(wake) { actions.append(.wake(moment)) }
        return actions
    }

    private var wake: Instant? { earlier(proofs.wake, earlier(reloads.start.deadline, reloads.retry?.at)) }

    private mutating func decide(_ input: WatchInput, at now: Instant) -> [WatchAction] {
        switch input {
        case .started(let question):
            reloads.start.begin(at: now)
            guard question != .nothing else { return [] }
            return everyLayer(at: now) { $0.resync(isFresh: question == .stored, at: now) }
        case .restored(let cached):
            return restore(cached, at: now)
        case .announced(let expected):
            return prove(expected.key, at: now) { $0.announced(expected.version, in: expected.epoch, at: now) }
        case .heard(let event):
            return prove(event.key, at: now) { $0.heard(event, at: now) }
        case .told(let event):
            return prove(event.key, at: now) { $0.told(event, at: now) }
        case .subscribed:
            return everyLayer(at: now) { $0.subscribed(at: now) }
        case .asked:
            return reloads.hurry(at: now).map(WatchAction.init) + everyLayer(at: now) { $0.resync(at: now) }
        case .interrupted:
            return everyLayer(at: now) { $0.interrupted(at: now) }
        case .synced(let epoch, let key):
            return prove(key, at: now) { $0.synced(epoch, at: now) }
        case .proved(let age, let key):
            return prove(key, at: now) { proof in
                proof.proved(at: now - age)
                return []
            }
        case .damaged(let version, let key):
            return prove(key, at: now) { $0.damaged(version) }
        case .answered(let answer, let request, let layer):
            return prove(layer, at: now) { $0.answered(answer, to: request, at: now) }
        case .finished(let report):
            return reloads.finished(report, at: now).map(WatchAction.init)
        case .handlerReturned:
            return reloads.settleHandlers(at: now).map(WatchAction.init)
        case .tick:
            wakes.tick(at: now)
            return everyLayer(at: now) { $0.tick(at: now) } + reloads.tick(at: now).map(WatchAction.init)
        case .command(let command):
            return obey(command, at: now)
        case .stop:
            return stop()
        }
    }
}

extension DocumentKey {
    /// The document underneath with overlay; nil for a document of the default environment.
    var inDefaultEnvironment: DocumentKey? {
        environment == Self.defaultEnvironment ? nil : try? DocumentKey(service: service)
    }
}

extension WatchAction {
    init(_ action: ReloadAction) {
        switch action {
        case .run(let job): self = .run(job)
        case .report(let outcome): self = .report(outcome)
        case .save(let layers): self = .save(layers)
        case .complete(let ticket, let result): self = .complete(ticket: ticket, result)
        case .fail(let error): self = .fail(error)
        case .stopped: self = .stopped
        }
    }
}
