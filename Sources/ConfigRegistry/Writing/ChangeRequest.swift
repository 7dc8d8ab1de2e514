import ConfigModel

/// A change of a document, whatever kind of call asked for it.
struct ChangeRequest: Sendable {
    enum Operation: Sendable {
        case publish(Content, PublishMode)
        case revise(ProposedRevision.Revise)
        case delete
        case restore(version: Int64)
    }

    let key: DocumentKey
    let operation: Operation
    let expected: Expectation?
    let origin: ChangeOrigin

    /// Whether it has to be looked up first if the change identifier made a version before.
    ///
    /// For content that is published whole the store says so when it refuses the insert, which saves a read before every
    /// write. Anything else may come to another result on a later head, or to none, and then there is no insert to be
    /// refused.
    var needsLookUp: Bool {
        guard origin.isChangeIDFromClient else { return false }
        if case .publish = operation { return false }
        return true
    }

    /// Whether this request would have made such a record: the same operation with the same content. Author and comment
    /// may differ. What a revision makes depends on the head of its time, so that any update will do.
    func couldHaveMade(_ record: VersionRecord) -> Bool {
        switch operation {
        case .publish(let content, let mode):
            record.restoredFrom == nil && record.content == content && mode.covers(record.changeType)
        case .revise: record.restoredFrom == nil && record.changeType == .updated
        case .delete: record.changeType == .deleted
        case .restore(let version): record.restoredFrom == version
        }
    }
}

extension PublishMode {
    fileprivate func covers(_ changeType: ChangeType) -> Bool {
        switch self {
        case .create: changeType == .created
        case .update: changeType == .updated
        case .createOrUpdate: changeType != .deleted
        }
    }
}
