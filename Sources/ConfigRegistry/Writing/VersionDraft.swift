import ConfigModel

/// What the next version of a document is to say.
struct VersionDraft {
    let changeType: ChangeType
    let content: Content
    var restoredFrom: Int64?
    /// Nil for the one that the request gives.
    var comment: String?

    /// Makes the record that follows a head, without a signature.
    ///
    /// - Parameter overrides: the findings that were let pass, as a record names them.
    func record(
        for request: ChangeRequest, after head: WriteHead?, at moment: DraftMoment, overrides: String? = nil
    ) -> VersionRecord {
        VersionRecord(
            key: request.key, version: (head?.version ?? 0) + 1, changeType: changeType, content: content,
            previousHash: head?.recordHash, epoch: moment.epoch, changeID: request.origin.changeID,
            correlationID: request.origin.correlationID, changeSet: moment.changeSet,
            createdAt: head?.createdAt.map { max($0, moment.time) } ?? moment.time,
            createdBy: request.origin.author, comment: comment ?? request.origin.comment, restoredFrom: restoredFrom,
            overrides: overrides)
    }
}

extension ChangeRequest {
    /// What the next version is to say when this is the head; nil when there is nothing to do.
    ///
    /// - Parameter original: the version whose content a rollback or a promotion takes.
    /// - Throws: the refusal, which is final only if the head is.
    func draft(
        on head: WriteHead?, epoch: Epoch, original: VersionRecord?
    ) async throws(RegistryError) -> VersionDraft? {
        let living = head.flatMap { $0.isTombstone ? nil : $0 }
        let changeType = living == nil ? ChangeType.created : .updated
        switch operation {
        case .publish(let content, let mode):
            if mode == .create, let living { throw .alreadyExists(try living.record()) }
            if mode == .update { try requireLiving(head) }
            try checkExpectation(head, epoch)
            return VersionDraft(changeType: changeType, content: content)
        case .revise(let revise):
            let living = try requireLiving(head)
            try checkExpectation(head, epoch)
            return VersionDraft(changeType: .updated, content: try await revise(living.record()))
        case .delete:
            try checkExpectation(head, epoch)
            guard living != nil else { return nil }
            return VersionDraft(changeType: .deleted, content: .empty)
        case .rollback(let version):
            guard let head else { throw .unknownDocument(key) }
            guard let original else { throw .unknownVersion(key, version, head: head.version) }
            guard !original.isTombstone else { throw .rollbackToTombstone(key, version) }
            try checkExpectation(head, epoch)
            return VersionDraft(changeType: changeType, content: original.content, restoredFrom: version)
        case .promote(let promotion):
            guard let original else { throw .unknownDocument(promotion.source) }
            try checkExpectation(head, epoch)
            let comment = promotion.comment(
                version: original.version, contentHash: original.content.hash, origin.comment)
            return VersionDraft(changeType: changeType, content: original.content, comment: comment)
        }
    }

    @discardableResult
    private func requireLiving(_ head: WriteHead?) throws(RegistryError) -> WriteHead {
        guard let head else { throw .unknownDocument(key) }
        guard !head.isTombstone else { throw .deletedDocument(try head.record()) }
        return head
    }

    private func checkExpectation(_ head: WriteHead?, _ epoch: Epoch) throws(RegistryError) {
        let isMet =
            switch expected {
            case nil: true
            case .version(let version): version == head?.version ?? 0
            case .etag(let number, let version): number == epoch.number && version == head?.version ?? 0
            }
        guard isMet else {
            throw .versionMismatch(key: key, current: head?.version, expected: expected ?? .version(0))
        }
    }
}
