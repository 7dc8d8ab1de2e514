import ConfigModel
import ConfigStore

extension RegistryError: CustomStringConvertible {
    /// One sentence that says what to do.
    package var detail: String {
        switch self {
        case .unknownDocument(let key) where key.isSchema:
            "\(key.service) has no schema; put one, or check the name of the service."
        case .unknownDocument(let key):
            "There is no document \(key); create it first, or check service and environment."
        case .deletedDocument(let tombstone) where tombstone.key.isSchema:
            "The schema of \(tombstone.key.service) was deleted with version \(tombstone.version); put one again."
        case .deletedDocument(let tombstone):
            "\(tombstone.key) was deleted with version \(tombstone.version); create it again, or roll back to an earlier version."
        case .alreadyExists(let head):
            "\(head.key) already exists at version \(head.version); update it instead of creating it."
        case .versionMismatch(let key, let current, let expected):
            "\(key.name) is \(current.map { "at version \($0)" } ?? "unknown"), not \(expected); read it again and repeat the change on what you find."
        case .unknownVersion(let key, let version, let head):
            "\(key.name) has no version \(version)\(head.map { "; its newest is \($0)" } ?? ", nor any other")."
        case .prunedVersion(let key, let version, let oldest):
            "Version \(version) of \(key.name) is not kept any more; the oldest that is has the number \(oldest)."
        case .rollbackToTombstone(let key, let version):
            "Version \(version) of \(key) is a deletion and has no content; choose another version, or delete the document."
        case .checksFailed(let key, let findings):
            "The new version of \(key) does not pass the checks, nothing was stored. \(findings.map(\.sentence).joined(separator: " "))"
        case .invalidSchema(let problems):
            "The JSON Schema cannot be used: \(problems.map(\.sentence).joined(separator: " "))"
        case .schemaBreaks(let service, let breaks):
            "The schema was not stored, because \(breaks.count == 1 ? "a document" : "\(breaks.count) documents") of \(service) would not fit it; change the schema or the documents first, or put it in force all the same with the override schema-breaks."
        case .changeReused(let record):
            "The Idempotency-Key '\(record.changeID)' already made version \(record.version) of \(record.key) from another request; use a new key for a new change."
        case .changePruned(let changeID, let version, _):
            "The Idempotency-Key '\(changeID)' belongs to version \(version.version) of \(version.key), which is not kept any more; read the document, and use a new key if the change is still to be made."
        case .behind(let key, let minimum, let head):
            "\(key) is \(head.map { "at version \($0)" } ?? "not known here"), version \(minimum) has not arrived; ask again in a moment."
        case .foreignEpoch(let requested, let current):
            "The store's epoch is \(current), not \(requested); ask without epoch and min_version and take what you get."
        case .signingRequired:
            "The versions in this store are signed and this registry has no key: start it with --signing-key FILE, or write through a registry that has the key. To give up signing, run 'configbus admin signing --off' on the store."
        case .invalid(let sentence), .invalidPatch(let sentence), .tooLarge(let sentence), .tooMuchWork(let sentence),
            .unavailable(let sentence),
            .notSupported(let sentence):
            sentence
        case .damaged(let version):
            "\(version) Restore it from a backup, or publish the document anew."
        case .changeSetRefused(let refusals, let size):
            "\(refusals.count) of \(size) documents of the change set were refused, nothing was stored.\(refusals.first.map { " Document \($0.index): \($0.error.detail)" } ?? "")"
        case .storeFull(let sentence):
            "\(sentence) Nothing was stored."
        case .overloaded:
            "The registry has too much work waiting; try again in a moment."
        case .conflictPersists(let key, let changeID):
            "Other writers changed \(key) all the time, nothing was stored; try again with the Idempotency-Key '\(changeID)'."
        case .outcomeUnknown(let why, let changeID):
            "\(why) The change may have been stored: send the same request again with the Idempotency-Key '\(changeID)' to learn it."
        }
    }

    package var description: String { detail }
}

extension DocumentKey {
    /// What a sentence begins with that is about the document.
    fileprivate var name: String { isSchema ? "The schema of \(service)" : description }
}
