package import ConfigModel
package import ConfigStore

/// Why the registry refused or could not do something. Unless the case says otherwise nothing was changed.
///
/// The first eight are refusals: they are given only after the store was read for this very request.
package enum RegistryError: Error, Sendable, Equatable {
    /// The document never existed.
    case unknownDocument(DocumentKey)
    /// The document was deleted; this is its tombstone.
    case deletedDocument(VersionRecord)
    /// A living document stands in the way of creating one.
    case alreadyExists(VersionRecord)
    /// The head, whose number this is, is not the one that the caller expected.
    case versionMismatch(key: DocumentKey, current: Int64?, expected: Expectation)
    /// The document has no such version.
    case unknownVersion(DocumentKey, Int64, head: Int64?)
    /// The version is not kept any more; the oldest that is.
    case prunedVersion(DocumentKey, Int64, oldest: Int64)
    /// The version to go back to is a tombstone.
    case rollbackToTombstone(DocumentKey, Int64)
    /// The version that the request would make does not pass the checks; these are the findings of all of them, at least one.
    case checksFailed(DocumentKey, [CheckFinding])
    /// The schema cannot be used; these are all reasons.
    case invalidSchema([SchemaProblem])
    /// Living documents of the service do not fit the schema.
    case schemaBreaks(String, [SchemaVerdict])
    /// The change identifier already made this other change of the document.
    case changeReused(VersionRecord)
    /// The change identifier belongs to this version, which is not kept any more; the oldest that is.
    case changePruned(changeID: String, VersionIdentity, oldest: Int64)
    /// The requested version has not been reached.
    case behind(DocumentKey, minimum: Int64, head: Int64?)
    /// The requested epoch is not the store's.
    case foreignEpoch(requested: Epoch, current: Epoch)
    /// The versions in the store are signed, and this registry has no key.
    case signingRequired
    /// A field breaks its rule; the sentence names field and rule.
    case invalid(String)
    /// A patch cannot be applied to the document as it is.
    case invalidPatch(String)
    /// The content cannot be stored.
    case tooLarge(String)
    /// The request costs more work than one may; the sentence says what to send instead.
    case tooMuchWork(String)
    /// These members of a change set of so many were refused, each for a reason of its own: all that were.
    case changeSetRefused([MemberRefusal], size: Int)
    /// The store cannot do this as it is set up; nothing was stored.
    case notSupported(String)
    /// Too much work is waiting.
    case overloaded
    /// Other registries were faster until the time was over.
    case conflictPersists(DocumentKey, changeID: String)
    /// The version that this is about does not fit its hashes or types.
    case damaged(DamagedVersion)
    /// The store has no room; nothing was stored.
    case storeFull(String)
    /// The store did not answer, or is not usable; nothing was written.
    case unavailable(String)
    /// The store did not answer during a write: the change may have been stored. Sending the same request again under the
    /// same change identifier settles it.
    case outcomeUnknown(String, changeID: String)
}

extension RegistryError {
    /// True for a refusal that another head would not have caused.
    var isAboutTheHead: Bool {
        switch self {
        case .unknownDocument, .deletedDocument, .alreadyExists, .versionMismatch, .checksFailed, .schemaBreaks: true
        default: false
        }
    }
}
