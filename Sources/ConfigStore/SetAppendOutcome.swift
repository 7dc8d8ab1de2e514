package import ConfigModel

/// What became of the append of a change set. Unless it is stored, no member of it is.
package enum SetAppendOutcome: Sendable, Equatable {
    /// All members are stored and durable.
    case stored
    /// Other changes have the numbers of these documents' members; read their heads and make the set anew.
    case taken([DocumentKey])
    /// The same change identifier already made these versions of documents that the set names, and they are not this set.
    case changeExists([VersionRecord])
    /// The change identifier belongs to this version of one of the documents, which is not kept any more, and to no version that
    /// is.
    case changePruned(VersionIdentity)
}

extension SetAppendOutcome {
    /// What a refused append comes to, given the versions that have the number or the change identifier of a member; nil when
    /// there are none, so that there was nothing to refuse it for.
    ///
    /// - Parameters:
    ///   - set: versions of different documents, of one change.
    ///   - rows: also those behind the marks of the documents.
    ///   - marks: those marks.
    /// - Throws: a version that the same change may have made, when it cannot be read any more.
    package init?(
        of set: [VersionRecord], among rows: VersionPage, marks: [DocumentKey: PruneMark]
    ) throws(DamagedVersion) {
        let members = Dictionary(set.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        let rivals = rows.kept(behind: marks)
        let made = rivals.map(\.record).filter { members[$0.key]?.changeID == $0.changeID }
        if !made.isEmpty {
            let isThisSet = made.count == set.count && made.allSatisfy { members[$0.key]?.recordHash == $0.recordHash }
            self = isThisSet ? .stored : .changeExists(made)
            return
        }
        for damaged in rivals.damaged {
            // The row of a number is in the way whatever it says; another one is there for its change identifier.
            guard let key = damaged.key, members[key]?.version == damaged.version else { throw damaged }
        }
        func isPruned(_ version: VersionIdentity) -> Bool { version.version <= marks[version.key]?.through ?? 0 }
        let changes = rows.map(\.record).filter { members[$0.key]?.changeID == $0.changeID }
        let identities =
            changes.map { VersionIdentity(key: $0.key, version: $0.version) }
            + rows.damaged.compactMap(\.identity).filter { members[$0.key]?.version != $0.version }
        if let pruned = identities.first(where: isPruned) {
            self = .changePruned(pruned)
            return
        }
        let gone = set.filter { isPruned(VersionIdentity(key: $0.key, version: $0.version)) }.map(\.key)
        let taken = Set(rows.map(\.record.key) + rows.damaged.compactMap(\.key) + gone)
        guard !taken.isEmpty else { return nil }
        self = .taken(set.map(\.key).filter(taken.contains))
    }
}
