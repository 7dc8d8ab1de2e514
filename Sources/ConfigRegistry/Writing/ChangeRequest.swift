package import ConfigModel

/// A change of a document, whatever kind of call requests it.
package struct ChangeRequest: Sendable {
    /// Makes the new content from the living head; throws `.invalidPatch`, `.tooLarge` or `.tooMuchWork` when it cannot.
    ///
    /// It may be called with several heads, and must make the same content of the same head each time.
    package typealias Revise = @Sendable (_ head: VersionRecord) async throws(RegistryError) -> Content

    /// What is to be done to the document.
    package enum Operation: Sendable {
        /// Publish this content.
        case publish(Content, PublishMode)
        /// Publish what is made from the head, for example by a patch. Without an expectation a lost race makes the content
        /// again from the new head.
        case revise(Revise)
        /// Append a tombstone.
        case delete
        /// Publish the content of an earlier version again, which brings a deleted document back to life.
        case rollback(toVersion: Int64)
        /// Publish the content that another environment has, alive or deleted or new here.
        case promote(Promotion)
    }

    /// What is to be done.
    package var operation: Operation
    /// The document.
    package var key: DocumentKey
    /// The head that the caller saw; nil when any will do.
    package var expected: Expectation?
    /// Who requests it, why, and under which identifier.
    package var origin: ChangeOrigin

    /// Requests a change of a document.
    package init(
        _ operation: Operation, of key: DocumentKey, expected: Expectation? = nil, origin: ChangeOrigin
    ) {
        self.operation = operation
        self.key = key
        self.expected = expected
        self.origin = origin
    }
}

extension ChangeRequest {
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
        guard UTF8Order.areEqual(record.createdBy, origin.author) else { return false }
        if case .promote(let promotion) = operation { return promotion.wouldHaveMade(record, origin.comment) }
        guard UTF8Order.areEqual(record.comment, origin.comment) else { return false }
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
                case .invalidPatch, .invalid, .tooLarge: return false
                default: throw error
                }
            }
        case .delete: return record.changeType == .deleted
        case .rollback(let version): return record.restoredFrom == version
        case .promote: return false
        }
    }

    /// What can be said of that about a revision without the version before.
    func fits(_ record: VersionRecord) -> Bool {
        UTF8Order.areEqual(record.createdBy, origin.author) && UTF8Order.areEqual(record.comment, origin.comment)
            && record.restoredFrom == nil && record.changeType == .updated
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
