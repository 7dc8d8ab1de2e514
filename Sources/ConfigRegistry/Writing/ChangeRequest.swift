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
