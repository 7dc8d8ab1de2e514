import ConfigModel

/// What a change set comes to on some heads.
struct SetDraft {
    let changeSet: ChangeSet
    let epoch: Epoch
    /// The versions, checked and unsigned, in the order of the request; without those that are refused.
    var members: [CheckedDraft] = []
    /// All members that are refused, in the order of the request.
    var refusals: [MemberRefusal] = []

    /// - Throws: when the contents are larger together than those of a set may be, as patches can make them.
    func checkSize() throws(RegistryError) {
        try ChangeSetRequest.check(contentBytes: members.reduce(0) { $0 + $1.record.content.bytes.count })
    }
}

extension ChangeSetWriter {
    /// Drafts all members and has them checked, those behind a refused one too. The refusals count if the heads are proven.
    func draft(
        of set: ChangeSetRequest, on bases: [WriteBase], from originals: [Result<VersionRecord?, RegistryError>]
    ) async throws(RegistryError) -> SetDraft {
        var moment = maker.moment
        let changeSet = ChangeSet(
            epoch: moment.epoch, changeID: set.origin.changeID,
            versions: zip(set.keys, bases).map { (key: $0, version: ($1.head?.version ?? 0) + 1) })
        moment.changeSet = changeSet
        var result = SetDraft(changeSet: changeSet, epoch: moment.epoch)
        let drafts = try await contents(of: set, on: bases, moment.epoch, from: originals, &result.refusals)
        let companions = CompanionDrafts(
            zip(set.keys, drafts).compactMap { key, draft in draft.map { (key: key, outcome: $0.outcome) } })
        let end = ContinuousClock.now + maker.options.requestDeadline
        var members: [CheckedDraft?] = Array(repeating: nil, count: drafts.count)
        for index in Self.order(of: set.keys) {
            guard let draft = drafts[index] else { continue }
            do throws(RegistryError) {
                guard ContinuousClock.now < end else { throw Self.tooLong }
                let member = try await maker.checked(
                    draft, for: set.changes[index], after: bases[index].head, at: moment, among: companions)
                guard member.refused.isEmpty else { throw .checksFailed(set.keys[index], member.refused) }
                members[index] = member
            } catch  where error == Self.tooLong || error == .overloaded {
                // What is wrong for good is said, whatever there would be to say of the rest.
                guard result.hasUnusableSchema else { throw error }
                break
            } catch {
                result.refusals.append(try MemberRefusal(index: index, refusing: error))
            }
        }
        result.members = members.compactMap(\.self)
        result.refusals.sort { $0.index < $1.index }
        return result
    }

    /// Schemas first: one that cannot be used refuses the set, however long its documents take to check.
    private static func order(of keys: [DocumentKey]) -> [Int] {
        keys.indices.filter { keys[$0].isSchema } + keys.indices.filter { !keys[$0].isSchema }
    }

    private static let tooLong = RegistryError.tooMuchWork(
        "The documents of the change set take longer to check than one request may; make several sets of it, or the schemas "
            + "simpler. Nothing was stored.")

    /// What each member's version is to say, before the checks; nil for those that are refused.
    private func contents(
        of set: ChangeSetRequest, on bases: [WriteBase], _ epoch: Epoch,
        from originals: [Result<VersionRecord?, RegistryError>], _ refusals: inout [MemberRefusal]
    ) async throws(RegistryError) -> [VersionDraft?] {
        var drafts: [VersionDraft?] = []
        for (index, change) in set.changes.enumerated() {
            do throws(RegistryError) {
                drafts.append(
                    try await content(
                        of: change, after: bases[index].head, epoch, from: try originals[index].get()))
            } catch {
                drafts.append(nil)
                refusals.append(try MemberRefusal(index: index, refusing: error))
            }
        }
        return drafts
    }

    /// A member of a set is a version: where a change alone would have nothing to do, it is refused.
    private func content(
        of change: ChangeRequest, after head: WriteHead?, _ epoch: Epoch, from original: VersionRecord?
    ) async throws(RegistryError) -> VersionDraft {
        if let draft = try await change.draft(on: head, epoch: epoch, original: original) { return draft }
        guard let head else { throw .unknownDocument(change.key) }
        throw .deletedDocument(try head.record())
    }
}

extension SetDraft {
    /// A member brings a schema that is none: the set will not do, whatever else there is to say of it.
    fileprivate var hasUnusableSchema: Bool {
        refusals.contains { if case .invalidSchema = $0.error { true } else { false } }
    }
}

extension VersionDraft {
    /// What becomes of its document, as the checks of other members see it.
    fileprivate var outcome: CompanionDrafts.Outcome {
        changeType == .deleted ? .deletion : .content(content)
    }
}

extension MemberRefusal {
    /// - Throws: an error that is not about this member alone.
    fileprivate init(index: Int, refusing error: RegistryError) throws(RegistryError) {
        guard error.isAboutOneMember else { throw error }
        self.init(index: index, error: error)
    }
}
