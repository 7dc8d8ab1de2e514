import ConfigModel

extension ProofState {
    /// The source's response to a read that was sent before.
    mutating func received(_ response: SourceResponse, to request: ReadRequest, at now: Instant) -> [ProofFinding] {
        switch response {
        case .behind where request.minimumVersion != nil:
            // Whatever claimed that version was wrong or early: what the registry has counts.
            counters.reads += 1
            return [.read(request.withoutClaim(etag: knownETag(request.needs), at: now))]
        case .behind(let reason):
            return failed(SourceFailure(reason), request, at: now)
        case .failed(let failure):
            return failed(failure, request, at: now)
        case .damaged(let version):
            return damaged(version, request, at: now)
        case .unreadable(let version, let reason):
            let refused = Refused(
                version: version, contentHash: nil, reason: .unreadable(reason: reason), source: .registry)
            return ended(report(refused), request, broughtNews: false, at: now)
        case .notModified(let facts) where request.isAboutClaim:
            return confirmClaim(facts, request, at: now)
        case .notModified(let facts?) where request.etag == newest?.etag && !isKnown(facts):
            return ended(conflict(facts), request, broughtNews: false, at: now)
        case .notModified:
            // A signed event may have brought something newer than what the read was about.
            let actions = request.etag == newest?.etag ? confirm(at: request.sentAt) : []
            return ended(actions, request, broughtNews: false, at: now)
        case .unknown:
            return ended(unknown(at: request.sentAt), request, broughtNews: false, at: now)
        case .version(let document):
            return ended(document, request, at: now)
        }
    }

    /// An event on the registry's own stream. The registry read it from its store for us, over the same connection and
    /// with the same trust as the response to a read; so it counts as one.
    mutating func served(_ event: ConfigEvent, at now: Instant) -> [ProofFinding] {
        counters.events += 1
        claimTimes.remember(event)
        guard let document = DocumentVersion(event) else { return resync(at: now) }
        if isOfAnotherEpoch(document) {
            if let newest, newest.agrees(with: document) {
                counters.duplicates += 1
                return []
            }
            // An event names the epoch that its version was written in, and not the store's, which decides.
            return lookAgain(at: now)
        }
        if isConfirmed, place(epoch: document.epoch, version: document.version) == .older, mustKnowNewest(at: now) {
            // It may have waited in a queue since before the newest was proven: only a read has a time of its own.
            counters.outOfOrder += 1
            return lookAgain(at: now)
        }
        if let newest, newest.epoch == document.epoch, newest.version == document.version, isConfirmed,
            newest.agrees(with: document)
        {
            counters.duplicates += 1
        }
        let (epoch, wasAssumed) = (newest?.epoch, isEpochAssumed)
        let actions = take(document, isForced: false, provenAt: now)
        isEpochAssumed = wasAssumed || newest?.epoch != epoch
        return actions
    }

    /// The registry's stream has sent all heads that were not known.
    mutating func synced(_ epoch: Epoch, at now: Instant) -> [ProofFinding] {
        guard let newest else { return hasRefusedHead ? resync(at: now) : unknown(at: now) }
        guard newest.epoch == epoch else {
            isEstranged = true
            return resync(at: now)
        }
        // That the number of the newest version is the same says nothing while it is in dispute what it is.
        guard isConfirmed, !isEstranged else { return resync(at: now) }
        return confirm(at: now)
    }

    /// The registry's stream says that the newest version is damaged in its store: nothing is proven about this document.
    mutating func damaged(_ version: Int64) -> [ProofFinding] {
        report(Refused(version: version, contentHash: nil, reason: .damaged(version: version), source: .registry))
    }

    /// The response to a read says the same. The document is read again as after a failure.
    private mutating func damaged(_ version: Int64, _ request: ReadRequest, at now: Instant) -> [ProofFinding] {
        counters.failedReads += 1
        schedule.failed(at: now, retryAfter: nil)
        let failure = Refusal.damaged(version: version).description
        return damaged(version) + demandAnswered(request, failure: failure) + read(at: now)
    }

    /// True for an event of the registry's own stream that says nothing by itself: its version may have been written in an
    /// epoch before the store's, and a larger epoch has to be signed where versions are.
    private func isOfAnotherEpoch(_ document: DocumentVersion) -> Bool {
        switch place(epoch: document.epoch, version: document.version) {
        case .smallerEpoch: true
        case .largerEpoch: trust.keys != nil
        case .first, .newer, .same, .older, .foreignEpoch: false
        }
    }

    /// Reads what the registry's store has, at most once a second.
    private mutating func lookAgain(at now: Instant) -> [ProofFinding] {
        schedule.add(ReadNeeds(isSuspicious: true, isFresh: true))
        return read(at: now)
    }

    /// The registry said at what moment it knew that it had sent everything.
    @discardableResult
    mutating func proved(at moment: Instant) -> [ProofFinding] {
        guard isConfirmed, !isEstranged else { return [] }
        lastProof = max(lastProof ?? moment, moment)
        return []
    }

    /// The version that was claimed is the newest.
    private mutating func confirmClaim(_ facts: SignedFacts?, _ request: ReadRequest, at now: Instant) -> [ProofFinding]
    {
        if let document = request.needs.claim?.document, document.signedFacts == facts {
            return ended(document, request, at: now)
        }
        // There is such a version, but it is not what the event said; or the registry does not say what it is.
        counters.reads += 1
        return [.read(request.withoutClaim(etag: nil, at: now))]
    }

    private mutating func confirm(at moment: Instant) -> [ProofFinding] {
        guard let newest else { return [] }
        let wasConfirmed = isConfirmed
        isConfirmed = true
        isEstranged = false
        isEpochAssumed = false
        newestAt = newestAt ?? moment
        hasBaseline = true
        proved(at: moment)
        refusals.forgetState()
        return [wasConfirmed ? .confirmed : .proven(newest)]
    }

    private func isKnown(_ facts: SignedFacts) -> Bool {
        guard let newest else { return false }
        return newest.recordHash == facts.recordHash && newest.content.hash == facts.contentHash
            && newest.changeType == facts.changeType
    }

    /// The registry has another content under the number of what is proven: it confirms nothing.
    private mutating func conflict(_ facts: SignedFacts) -> [ProofFinding] {
        counters.conflicts += 1
        return report(
            Refused(
                version: facts.version, contentHash: facts.contentHash, reason: .conflict(version: facts.version),
                source: .registry))
    }

    private mutating func unknown(at moment: Instant) -> [ProofFinding] {
        counters.unknownAnswers += 1
        guard let newest else {
            hasRefusedHead = false
            lastProof = moment
            return [.unknown]
        }
        return report(
            Refused(
                version: newest.version, contentHash: nil, reason: .unknownToRegistry(proven: newest.version),
                source: .registry))
    }

    /// The end of a read whose response is a version.
    private mutating func ended(
        _ document: DocumentVersion, _ request: ReadRequest, at now: Instant
    ) -> [ProofFinding] {
        let (before, lastProof) = (newest, self.lastProof)
        let actions = take(document, isForced: request.needs.isForced, provenAt: request.sentAt)
        if let before, let newest, newest != before, request.needs == ReadNeeds() {
            announcements.found(newest, after: before, lastProof: lastProof, at: now)
        }
        return ended(actions, request, broughtNews: newest != before, at: now)
    }

    /// The end of a read: reasons that came up meanwhile may need the next one.
    private mutating func ended(
        _ actions: [ProofFinding], _ request: ReadRequest, broughtNews: Bool, at now: Instant
    ) -> [ProofFinding] {
        // Another history may be that of a registry which has not read the new epoch yet.
        let isNewlyEstranged = actions.contains { $0.news?.reason.isAboutEpoch ?? false }
        let leavesDoubt = isNewlyEstranged || (request.needs.claim.map(isBeyond) ?? false)
        schedule.answered(at: now, broughtNews: broughtNews, leavesDoubt: leavesDoubt)
        let failure = actions.lazy.compactMap(\.refused).first?.reason.description
        return actions + demandAnswered(request, failure: failure) + read(at: now)
    }

    private mutating func failed(
        _ failure: SourceFailure, _ request: ReadRequest, at now: Instant
    ) -> [ProofFinding] {
        counters.failedReads += 1
        schedule.failed(at: now, retryAfter: failure.retryAfter)
        return [.unreachable(reason: failure.reason)] + demandAnswered(request, failure: failure.reason) + read(at: now)
    }

    private func demandAnswered(_ request: ReadRequest, failure: String?) -> [ProofFinding] {
        guard let number = request.needs.demand else { return [] }
        return [.demandAnswered(number: number, failure: failure)]
    }
}

extension ProofFinding {
    fileprivate var refused: Refused? {
        guard case .refused(let refused, _) = self else { return nil }
        return refused
    }

    fileprivate var news: Refused? {
        guard case .refused(let refused, isNews: true) = self else { return nil }
        return refused
    }
}
