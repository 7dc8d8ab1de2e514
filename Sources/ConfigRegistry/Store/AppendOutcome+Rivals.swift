package import ConfigModel

extension AppendOutcome {
    /// What a refused append comes to, given the versions of the document that have its number or its change identifier;
    /// nil when there are none, so that there was nothing to refuse it for.
    package init?(of record: VersionRecord, among rivals: [VersionRecord]) {
        if let same = rivals.first(where: { $0.changeID == record.changeID }) {
            self = same.recordHash == record.recordHash ? .stored : .changeExists(same)
        } else if rivals.isEmpty {
            return nil
        } else {
            self = .versionTaken
        }
    }
}
