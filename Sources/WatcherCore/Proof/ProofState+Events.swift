import ConfigModel

extension ProofState {
    /// An event from the bus, which others may have put there too.
    mutating func announced(_ event: ConfigEvent, at now: Instant) -> [ProofFinding] {
        counters.events += 1
        announcements.received(event)
        switch place(epoch: event.epoch, version: event.version) {
        case .smallerEpoch:
            counters.smallerEpochs += 1
            // It may have been written before the epoch changed and announced only now; or the store was put back.
            return event.recordHash == newest?.recordHash ? [] : suspect(ReadNeeds(isFresh: true), at: now)
        case .foreignEpoch:
            counters.foreignEpochs += 1
            return []
        case .older:
            counters.outOfOrder += 1
            return []
        case .same:
            return announcedAgain(event, at: now)
        case .newer:
            return announcedNew(event, isSameEpoch: true, at: now)
        case .first, .largerEpoch:
            return announcedNew(event, isSameEpoch: false, at: now)
        }
    }

    private mutating func announcedAgain(_ event: ConfigEvent, at now: Instant) -> [ProofFinding] {
        guard let newest, event.recordHash != newest.recordHash || event.contentHash != newest.content.hash else {
            counters.duplicates += 1
            return []
        }
        if let refusal = refusal(of: event) { return refuse(event, refusal, at: now) }
        counters.conflicts += 1
        let alarm = trust.keys == nil ? [] : report(event, .conflict(version: event.version), at: now)
        return alarm + suspect(ReadNeeds(isUnconditional: true), at: now)
    }

    private mutating func announcedNew(_ event: ConfigEvent, isSameEpoch: Bool, at now: Instant) -> [ProofFinding] {
        if let refusal = refusal(of: event) {
            return refuse(event, refusal, at: now) + suspect(ReadNeeds(claim: Claim(event, nil)), at: now)
        }
        claimTimes.remember(event)
        guard trust.keys != nil, hasBaseline, isSameEpoch, let newest else {
            return announcedUnproven(event, at: now)
        }
        guard let document = DocumentVersion(event) else {
            // Signed, but too large to travel in the event: it exists, so the read costs no token.
            schedule.add(ReadNeeds(claim: Claim(event, nil), isResync: true))
            return read(at: now)
        }
        if event.version > newest.version + 1 { counters.gaps += 1 }
        self.newest = document
        newestAt = now
        refusals.forgetState()
        return [.proven(document)]
    }

    /// An event that only the registry can prove.
    private mutating func announcedUnproven(_ event: ConfigEvent, at now: Instant) -> [ProofFinding] {
        // With trusted keys a larger epoch counts only with the registry's whole response, which says who signed it.
        let needsAnswer = trust.keys != nil && newest.map { $0.epoch != event.epoch } ?? false
        return suspect(ReadNeeds(claim: Claim(event, needsAnswer ? nil : DocumentVersion(event))), at: now)
    }

    /// Reads the document because of something that proves nothing.
    private mutating func suspect(_ needs: ReadNeeds, at now: Instant) -> [ProofFinding] {
        counters.unproven += 1
        var needs = needs
        needs.isSuspicious = true
        schedule.add(needs)
        return read(at: now)
    }

    private func refusal(of event: ConfigEvent) -> Refusal? {
        trust.refusal(of: event.signedFacts, signature: event.signature)
    }

    private mutating func refuse(_ event: ConfigEvent, _ refusal: Refusal, at now: Instant) -> [ProofFinding] {
        counters.refusedSignatures += 1
        return report(event, refusal, at: now)
    }

    /// Many forgeries on the bus must not become as many outcomes.
    private mutating func report(_ event: ConfigEvent, _ refusal: Refusal, at now: Instant) -> [ProofFinding] {
        let refused = Refused(
            version: event.version, contentHash: event.contentHash, reason: refusal, source: .event)
        return refusals.mayReportEvent(refused, at: now) ? [.refused(refused, isNews: true)] : []
    }
}
