package import ConfigModel

extension AppendOutcome {
    /// What a refused append comes to, given the versions of the document that have its number or its change identifier;
    /// nil when there are none, so that there was nothing to refuse it for.
    ///
    /// - Throws: the version that the same change made before, when it cannot be read any more.
    package init?(of record: VersionRecord, among rivals: VersionPage) throws(DamagedVersion) {
        if let same = rivals.first(where: { $0.record.changeID == record.changeID })?.record {
            self = same.recordHash == record.recordHash ? .stored : .changeExists(same)
        } else if let damaged = rivals.damaged.first(where: { $0.version != record.version }) {
            throw damaged
        } else if rivals.rowCount == 0 {
            return nil
        } else {
            self = .versionTaken
        }
    }
}
