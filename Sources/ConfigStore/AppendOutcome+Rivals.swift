package import ConfigModel

extension AppendOutcome {
    /// What a refused append comes to, given the versions of the document that have its number or its change identifier;
    /// nil when there are none, so that there was nothing to refuse it for.
    ///
    /// - Parameters:
    ///   - rivals: also those behind the mark of the document.
    ///   - mark: that mark.
    /// - Throws: the version that the same change made before, when it cannot be read any more.
    package init?(of record: VersionRecord, among rivals: VersionPage, mark: PruneMark?) throws(DamagedVersion) {
        let through = mark?.through ?? 0
        if let same = rivals.first(where: { $0.record.changeID == record.changeID })?.record {
            if same.version <= through {
                self = .changePruned(VersionIdentity(key: same.key, version: same.version))
            } else {
                self = same.recordHash == record.recordHash ? .stored : .changeExists(same)
            }
        } else if let damaged = rivals.damaged.first(where: { $0.version != record.version }) {
            // A version whose content was removed is there for its change identifier.
            guard let version = damaged.identity, version.version <= through else { throw damaged }
            self = .changePruned(version)
        } else if rivals.rowCount == 0, record.version > through {
            return nil
        } else {
            self = .versionTaken
        }
    }
}
