import ConfigModel

extension WatchState {
    /// Lets every document's proof state act.
    mutating func everyLayer(at now: Instant, _ body: (inout ProofState) -> [ProofFinding]) -> [WatchAction] {
        Layer.allCases.flatMap { prove($0, at: now, body) }
    }

    /// Lets the proof state of one document act; nothing happens when this watcher does not follow it.
    mutating func prove(
        _ key: DocumentKey, at now: Instant, _ body: (inout ProofState) -> [ProofFinding]
    ) -> [WatchAction] {
        proofs.layer(of: key).map { prove($0, at: now, body) } ?? []
    }

    /// Lets the proof state of one layer act and carries its findings on to what should run.
    mutating func prove(
        _ layer: Layer, at now: Instant, _ body: (inout ProofState) -> [ProofFinding]
    ) -> [WatchAction] {
        let findings = proofs.change(layer, body) ?? []
        return findings.flatMap { consequences(of: $0, layer, at: now) }
    }

    private mutating func consequences(
        of finding: ProofFinding, _ layer: Layer, at now: Instant
    ) -> [WatchAction] {
        switch finding {
        case .read(let request):
            reloads.isStopping ? [] : [.read(request)]
        case .proven(let document):
            proven(document, layer, at: now)
        case .confirmed:
            reloads.foundNothingNewer(layer, at: now) + (isCacheCurrent ? [.touch] : [])
        case .unknown:
            reloads.foundNothingNewer(layer, at: now) + missing()
        case .refused(let refused, let isNews):
            reloads.refuse(refused, layer, isNews: isNews, cause: looks[layer], at: now)
        case .unannounced(let version):
            proofs[layer].map { [.unannounced($0.key, version: version)] } ?? []
        case .unreachable(let reason):
            reloads.unreachable(reason, at: now)
        case .demandAnswered(let number, let failure):
            answerDemands(number, layer, failure: failure, at: now)
        }
    }

    private mutating func proven(_ document: DocumentVersion, _ layer: Layer, at now: Instant) -> [WatchAction] {
        saysMissing = false
        reloads.cause = looks[layer]
        return reloads.prove(document, layer, at: now)
    }

    /// Says once that there is no document at all.
    private mutating func missing() -> [WatchAction] {
        guard !saysMissing, reloads.start.unread.isEmpty, reloads.newest == DocumentLayers(), reloads.applied == nil
        else { return [] }
        saysMissing = true
        return [.missing]
    }

    /// True when what was saved last is what is proven to be the newest.
    private var isCacheCurrent: Bool {
        reloads.applied.map { $0.layers.identity == reloads.newest.identity } ?? false
    }

    /// Takes versions that ran in earlier runs; with trusted keys only what they signed.
    mutating func restoreGood(_ versions: [DocumentLayers]) {
        let accepted = versions.compactMap { layers -> GoodVersion? in
            for layer in Layer.allCases {
                guard let document = layers[layer] else { continue }
                guard proofs.change(layer, { $0.mayHaveRun(document) }) ?? false else { return nil }
            }
            guard layers.hasContent, let object = try? layers.object(isOverlay: reloads.isOverlay) else { return nil }
            let hash = reloads.isOverlay ? Content(object).hash : layers.main?.content.hash
            return hash.map { GoodVersion(layers: layers, contentHash: $0) }
        }
        reloads.good.restore(accepted)
    }

    /// Takes what lay in the cache; with trusted keys only what they signed.
    mutating func restore(_ cached: CachedLayers, at now: Instant) -> [WatchAction] {
        var actions: [WatchAction] = []
        var accepted = DocumentLayers()
        var isRefused = false
        for layer in Layer.allCases {
            guard let document = cached.layers[layer], document.key == proofs[layer]?.key else { continue }
            accepted[layer] = document
            let findings = proofs.change(layer) { $0.restore(document) } ?? []
            isRefused = isRefused || !findings.isEmpty
            actions += findings.flatMap { consequences(of: $0, layer, at: now) }
        }
        if !isRefused, reloads.mayRun(accepted) { reloads.start.restore(accepted, age: cached.age, at: now) }
        return actions
    }
}
