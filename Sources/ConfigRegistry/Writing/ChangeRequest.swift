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

    /// Whether this request would have made such a record: the same operation with the same content, by the same author
    /// with the same comment.
    ///
    /// - Parameter before: the version before the record, of which a revision makes its content once more.
    func wouldHaveMade(_ record: VersionRecord, after before: VersionRecord?) async throws(RegistryError) -> Bool {
        guard UTF8Order.areEqual(record.createdBy, origin.author), UTF8Order.areEqual(record.comment, origin.comment)
        else { return false }
        switch operation {
        case .publish(let content, let mode):
            return record.restoredFrom == nil && record.content == content && mode.covers(record.changeType)
        case .revise(let revise):
            guard record.restoredFrom == nil, record.changeType == .updated, let before else { return false }
            do throws(RegistryError) {
                return try await revise(before) == record.content
            } catch {
                switch error {
                // It does not fit to that version, so that it made nothing of it.
                case .invalid, .tooLarge: return false
                default: throw error
                }
            }
        case .delete: return record.changeType == .deleted
        case .restore(let version): return record.restoredFrom == version
        }
    }

    /// Whether what the request would have made depends on the version before.
    var buildsOnContent: Bool {
        if case .revise = operation { true } else { false }
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
