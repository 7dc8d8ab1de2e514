import ConfigModel

extension ProofState {
    /// Judges a document that the registry itself named.
    mutating func take(
        _ document: DocumentVersion, isForced: Bool, provenAt moment: Instant
    ) -> [ProofFinding] {
        if let refusal = trust.refusal(of: document.signedFacts, signature: document.signature) {
            counters.refusedSignatures += 1
            return refuse(document, refusal)
        }
        if isForced { return accept(document, provenAt: moment) }
        switch place(epoch: document.epoch, version: document.version) {
        case .first, .largerEpoch:
            if let refusal = trust.refusal(ofEpochOf: document, own: newest?.epoch) {
                counters.refusedSignatures += 1
                return refuse(document, refusal)
            }
            return accept(document, provenAt: moment)
        case .newer:
            if isConfirmed, let newest, document.version > newest.version + 1 { counters.gaps += 1 }
            return accept(document, provenAt: moment)
        case .same:
            return takeAgain(document, provenAt: moment)
        case .older:
            counters.outOfOrder += 1
            guard let newest, !isConfirmed || mustKnowNewest(at: moment) else { return [] }
            return refuse(document, .registryBehind(version: document.version, proven: newest.version))
        case .smallerEpoch:
            counters.smallerEpochs += 1
            guard let newest else { return [] }
            return refuse(document, .smallerEpoch(document.epoch, own: newest.epoch))
        case .foreignEpoch:
            counters.foreignEpochs += 1
            guard let newest else { return [] }
            return refuse(document, .foreignEpoch(document.epoch, own: newest.epoch))
        }
    }

    /// True when the registry has known the newest version for so long at this moment that it cannot say less any more,
    /// unless its history is another one: what it remembers is a second old at most.
    func mustKnowNewest(at moment: Instant) -> Bool {
        newestAt.map { moment > $0 + Self.longestLag } ?? false
    }

    /// Far more than a registry may be behind.
    private static let longestLag = Duration.seconds(10)

    /// Reports what was refused of the registry; news once.
    mutating func report(_ refused: Refused) -> [ProofFinding] {
        if refused.reason.isAboutHistory { isEstranged = true }
        hasRefusedHead = newest == nil
        return [.refused(refused, isNews: refusals.mayReport(refused))]
    }

    private mutating func takeAgain(
        _ document: DocumentVersion, provenAt moment: Instant
    ) -> [ProofFinding] {
        guard let newest, !newest.agrees(with: document) else {
            return accept(document, provenAt: moment)
        }
        // An unsigned file from the last run is worth less than the registry's word.
        if !isConfirmed, trust.keys == nil { return accept(document, provenAt: moment) }
        counters.conflicts += 1
        return refuse(document, .conflict(version: document.version))
    }

    private mutating func accept(_ document: DocumentVersion, provenAt moment: Instant) -> [ProofFinding] {
        let isKnown =
            isConfirmed
            && newest.map { $0.epoch == document.epoch && $0.version == document.version && $0.agrees(with: document) }
                ?? false
        var document = document
        document.createdAt = document.createdAt ?? claimTimes.createdAt(recordHash: document.recordHash)
        document.isRollback = document.isRollback || claimTimes.isRollback(recordHash: document.recordHash)
        document.correctsEpoch = isEpochAssumed
        isEpochAssumed = false
        if !isKnown { newest = document }
        if !isKnown || newestAt == nil { newestAt = moment }
        isEstranged = false
        hasRefusedHead = false
        isConfirmed = true
        hasBaseline = true
        proved(at: moment)
        refusals.forgetState()
        return [isKnown ? .confirmed : .proven(document)]
    }

    private mutating func refuse(_ document: DocumentVersion, _ refusal: Refusal) -> [ProofFinding] {
        report(
            Refused(
                version: document.version, contentHash: document.content.hash, reason: refusal, source: .registry))
    }
}
