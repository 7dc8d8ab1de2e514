import ConfigModel

/// What no change set may be, found before anything is sent.
enum ChangeSetLimit {
    /// Refuses documents of which one is named twice.
    static func check(repeated keys: [DocumentKey]) throws {
        var seen: Set<DocumentKey> = []
        guard let twice = keys.first(where: { !seen.insert($0).inserted }) else { return }
        throw CommandFailure.usage("\(twice.title) is named twice; a change set makes one version of each document.")
    }

    /// Refuses more members than a change set may have.
    static func check(_ plan: ChangePlan) throws {
        let count = plan.changing.count
        guard count > ChangeSet.maximumMembers else { return }
        throw CommandFailure.refused(
            "\(count) documents would change, and a change set has at most \(ChangeSet.maximumMembers): do it in parts. "
                + "Nothing was changed.")
    }
}
