import ConfigModel

extension ProofState {
    /// An event from the bus, which anybody may have put there.
    mutating func heard(_ event: ConfigEvent, at now: Instant) -> [ProofAction] {
        counters.events += 1
        announcements.heard(event)
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
            return heardAgain(event, at: now)
        case .newer:
            return heardNew(event, isSameEpoch: true, at: now)
        case .first, .largerEpoch:
            return heardNew(event, isSameEpoch: false, at: now)
        }
    }

    /// A message that is said to bring the version after the newest has come, and is being read. Without trusted keys the
    /// registry has to be asked about it in any case.
    mutating func announced(_ version: Int64, in epoch: Epoch, at now: Instant) -> [ProofAction] {
        guard trust.keys == nil, isConfirmed, place(epoch: epoch, version: version) == .newer else { return [] }
        let claim = Claim(epoch: epoch, version: version, content: .coming)
        schedule.add(ReadNeeds(claim: claim, isSuspicious: true))
        return read(at: now)
    }

    private mutating func heardAgain(_ event: ConfigEvent, at now: Instant) -> [ProofAction] {
        guard let newest, event.recordHash != newest.recordHash || event.contentHash != newest.content.hash else {
            counters.duplicates += 1
            return []
        }
        if let refusal = refusal(of: event) { return refuse(event, refusal, at: now) }
        counters.conflicts += 1
        let alarm = trust.keys == nil ? [] : report(event, .conflict(version: event.version), at: now)
        return alarm + suspect(ReadNeeds(isUnconditional: true), at: now)
    }

    private mutating func heardNew(_ event: ConfigEvent, isSameEpoch: Bool, at now: Instant) -> [ProofAction] {
        if let refusal = refusal(of: event) {
            return refuse(event, refusal, at: now) + suspect(ReadNeeds(claim: Claim(event, .missing)), at: now)
        }
        claimTimes.remember(event)
        guard trust.keys != nil, hasBaseline, isSameEpoch, let newest else {
            return heardUnproven(event, at: now)
        }
        guard let document = DocumentVersion(event) else {
            // Signed, but too large to travel in the event: it exists, so the question costs no token.
            schedule.add(ReadNeeds(claim: Claim(event, .missing), isResync: true))
            return read(at: now)
        }
        if event.version > newest.version + 1 { counters.gaps += 1 }
        self.newest = document
        newestAt = now
        refusals.forgetState()
        return [.proven(document)]
    }

    /// An event that the registry has to be asked about, or has been already.
    private mutating func heardUnproven(_ event: ConfigEvent, at now: Instant) -> [ProofAction] {
        let document = DocumentVersion(event)
        // With trusted keys a larger epoch counts only with the registry's whole answer, which says who signed it.
        let needsAnswer = trust.keys != nil && newest.map { $0.epoch != event.epoch } ?? false
        let claim = Claim(event, needsAnswer ? .missing : document.map(Claim.Content.here) ?? .missing)
        if schedule.complete(claim) {
            counters.unproven += 1
            return []
        }
        guard let attestation, attestation.facts == event.signedFacts else {
            return suspect(ReadNeeds(claim: claim), at: now)
        }
        counters.unproven += 1
        var actions: [ProofAction] = []
        if let document {
            actions = take(document, isForced: false, provenAt: attestation.askedAt)
        } else {
            // It exists, so the question costs no token.
            schedule.add(ReadNeeds(claim: claim, isResync: true))
        }
        schedule.broughtNews(at: now)
        return actions + read(at: now)
    }

    /// Asks the registry because of something that proves nothing.
    private mutating func suspect(_ needs: ReadNeeds, at now: Instant) -> [ProofAction] {
        counters.unproven += 1
        var needs = needs
        needs.isSuspicious = true
        schedule.add(needs)
        return read(at: now)
    }

    private func refusal(of event: ConfigEvent) -> Refusal? {
        trust.refusal(of: event.signedFacts, signature: event.signature)
    }

    private mutating func refuse(_ event: ConfigEvent, _ refusal: Refusal, at now: Instant) -> [ProofAction] {
        counters.refusedSignatures += 1
        return report(event, refusal, at: now)
    }

    /// Whoever floods the bus with forgeries must not flood the outcomes with them.
    private mutating func report(_ event: ConfigEvent, _ refusal: Refusal, at now: Instant) -> [ProofAction] {
        let refused = Refused(
            version: event.version, contentHash: event.contentHash, reason: refusal, source: .event)
        return refusals.mayReportEvent(refused, at: now) ? [.refused(refused, isNews: true)] : []
    }
}
