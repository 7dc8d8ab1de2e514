import AsyncSupport
import ConfigModel
import EventBus
import Logging
import RegistryAPI
import RegistryClient

extension AuditWorker {
    /// What a message says; nil when it is no event.
    func read(_ delivery: BusDelivery) -> Announcement? {
        do {
            let limits = ContentLimits(maximumBytes: ContentLimits.byteCeiling)
            let event = try ConfigEvent(json: delivery.body, limits: limits)
            return Announcement(key: event.key, version: event.version, epoch: event.epoch, delivery: delivery)
        } catch {
            counters.count { $0.poison += 1 }
            logger.warning(
                "a message that is no event is ignored",
                metadata: ["routing_key": "\(delivery.routingKey)", "error": "\(error)"])
            delivery.acknowledge()
            return nil
        }
    }

    /// Reads and writes what was announced, and acknowledges it.
    mutating func workOnAnnouncements() async throws {
        while let (key, claims) = announcements.next() {
            let unknown = claims.filter { !index[key].contains($0.version, in: $0.epoch) }
            counters.count { $0.duplicates += claims.count - unknown.count }
            // The highest number, whatever its epoch: a forgery must not hide a true announcement.
            if let version = unknown.map(\.version).max() {
                let newest = try await catchUp(key, upTo: version)
                for claim in unknown { judge(claim, newest) }
            }
            announcements.finish(key)
        }
        try await write()
    }

    /// Looks at one page of all documents.
    mutating func continueReconciliation() async throws {
        guard case .running(let part, let cursor, _) = reconciliation else { return }
        guard let page = try await heads(part, at: cursor) else {
            reconciliation = .idle
            return
        }
        for head in page.elements where !index[head.key].contains(head.version, in: head.epoch) {
            _ = try await catchUp(head.key, upTo: head.version)
        }
        for (key, version) in page.damaged where index[key].newestVersion < version {
            _ = try await catchUp(key, upTo: version)
        }
        try await write()
        reconciliation.advance(to: page.next)
    }

    /// A page of all documents or schemas; nil when the registry refuses it, which the next reconciliation tries again.
    private func heads(_ part: Reconciliation.Part, at cursor: String?) async throws -> Page<HeadSummary>? {
        var list = ListRequest(includesDeleted: true, limit: 500, cursor: cursor)
        list.listsSchemas = part == .schemas
        do {
            return try await source.headSummaries(list)
        } catch {
            guard !error.isOutage else { throw error }
            counters.count { $0.refused += 1 }
            logger.error("the documents cannot be listed at present", metadata: ["error": "\(error)"])
            return nil
        }
    }

    /// Reads what the log does not hold of a document and puts it into the batch.
    ///
    /// A document that the registry answers wrongly about must not stop the others: it is logged, counted and looked at
    /// again with the next reconciliation.
    private mutating func catchUp(_ key: DocumentKey, upTo version: Int64) async throws -> VersionRecord? {
        var reader = VersionReader(source: source, key: key, written: index[key], pageSize: options.pageSize)
        do {
            return try await reader.read(upTo: version) { steps in
                for step in steps { append(step) }
                if batch.isFull { try await write() }
            }
        } catch let error as RegistryClientError where !error.isOutage {
            counters.count { $0.refused += 1 }
            logger.error(
                "a document cannot be audited at present", metadata: ["document": "\(key)", "error": "\(error)"])
            return nil
        }
    }

    /// Puts what the log is to say into the batch, unless the log or the batch holds it.
    private mutating func append(_ step: VersionReader.Step) {
        switch step {
        case .version(let record, let before): append(record, after: before)
        case .unreadable(let version): append(version)
        case .pruned(let versions): append(versions)
        }
    }

    private mutating func append(_ versions: PrunedVersions) {
        guard !index[versions.key].contains(versions.numbers.upperBound, in: versions.epoch) else { return }
        counters.count { $0.pruned += versions.numbers.count }
        logger.error(
            "versions cannot be audited because they were not kept until now: keep them longer than an audit may be away",
            metadata: [
                "document": "\(versions.key)", "from": "\(versions.numbers.lowerBound)",
                "to": "\(versions.numbers.upperBound)",
            ])
        batch.append(versions)
        index.insert(versions)
    }

    private mutating func append(_ version: UnreadableVersion) {
        guard !index[version.key].contains(version.version, in: version.epoch) else { return }
        counters.count { $0.damaged += 1 }
        logger.error(
            "a version cannot be audited because it is damaged in the store; everything else goes on",
            metadata: ["document": "\(version.key)", "version": "\(version.version)", "error": "\(version.reason)"])
        batch.append(version)
        index.insert(version)
    }

    private mutating func append(_ record: VersionRecord, after before: VersionReader.Predecessor) {
        guard !index[record.key].contains(record.version, in: record.epoch) else { return }
        let chain = chain(of: record, after: before)
        var isBehindGap = false
        if case .pruned = before { isBehindGap = true }
        if chain != .whole && !isBehindGap {
            counters.count { $0.broken += 1 }
            logger.error(
                "a version does not hang on the version before it",
                metadata: [
                    "document": "\(record.key)", "version": "\(record.version)", "chain": "\(chain.rawValue)",
                ])
        }
        var oldValue: Content?
        var isOldValueDamaged = false
        switch before {
        case .version(let before): oldValue = before.isTombstone ? nil : before.content
        case .unreadable: isOldValueDamaged = true
        case .absent, .pruned: break
        }
        batch.append(
            AuditLog.Draft(record: record, oldValue: oldValue, chain: chain, isOldValueDamaged: isOldValueDamaged))
        index.insert(record)
    }

    /// The version before counts as the registry sends it now and as it was when it was written.
    private func chain(of record: VersionRecord, after before: VersionReader.Predecessor) -> AuditEntry.Chain {
        guard record.version > 1 else { return .whole }
        guard case .version(let before) = before else {
            // The log may hold what the registry cannot read.
            guard case .unreadable = before, let written = index[record.key].last(in: record.epoch),
                written.version == record.version - 1
            else { return .missing }
            return record.previousHash == written.recordHash ? .whole : .broken
        }
        let written = index[before.key].last(in: before.epoch)
        let isRewritten = written?.version == before.version && written?.recordHash != before.recordHash
        return record.previousHash == before.recordHash && !isRewritten ? .whole : .broken
    }

    /// Counts what an announcement said that the registry does not bear out.
    private func judge(_ announcement: Announcement, _ newest: VersionRecord?) {
        guard !index[announcement.key].contains(announcement.version, in: announcement.epoch) else { return }
        let isForeign = newest.map { $0.epoch != announcement.epoch } ?? false
        counters.count { if isForeign { $0.foreign += 1 } else { $0.unconfirmed += 1 } }
        logger.warning(
            "an announcement is ignored because the registry does not have its version",
            metadata: [
                "document": "\(announcement.key)", "version": "\(announcement.version)",
                "epoch": "\(announcement.epoch)",
            ])
    }

    /// Writes the batch, however often the disk refuses, and then acknowledges what is done.
    mutating func write() async throws {
        var backoff = Self.newBackoff()
        while !batch.items.isEmpty {
            do {
                try await log.append(batch.items)
                counters.count { $0.entries += batch.items.count }
                batch.removeAll()
            } catch {
                counters.count { $0.failures.writes += 1 }
                logger.error("the audit log cannot be written and is tried again", metadata: ["error": "\(error)"])
                try await Task.sleep(for: backoff.next())
            }
        }
        for delivery in announcements.takeFinished() { delivery.acknowledge() }
        await checkpointIfDue()
    }
}

extension RegistryClientError {
    /// True when the registry cannot answer at all at present: nothing is wrong with the request.
    var isOutage: Bool {
        switch code {
        case .unreachable, .tlsFailed, .interrupted, .unauthorized, .forbidden, .behind, .unavailable, .failed,
            .cancelled:
            true
        case .invalidRequest, .notFound, .conflict, .preconditionFailed, .refused, .damaged, .invalidAnswer,
            .answerTooLarge:
            false
        }
    }
}
