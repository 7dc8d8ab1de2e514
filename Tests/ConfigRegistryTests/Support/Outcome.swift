import ConfigModel
import ConfigRegistry
import ConfigStore

/// What became of a write, in a word or two, so that tests can be read as tables.
func outcomeOf(_ write: () async throws -> Published?) async -> String {
    do {
        guard let published = try await write() else { return "nothing" }
        let name = "\(published.record.changeType.rawValue) \(published.record.version)"
        return published.isReplay ? "replay of \(name)" : name
    } catch let error as RegistryError {
        return error.shortName
    } catch {
        return "\(error)"
    }
}

extension RegistryError {
    var shortName: String {
        switch self {
        case .unknownDocument: "unknownDocument"
        case .deletedDocument(let tombstone): "deletedDocument \(tombstone.version)"
        case .alreadyExists(let head): "alreadyExists \(head.version)"
        case .versionMismatch(_, let current, _): "versionMismatch \(current ?? 0)"
        case .unknownVersion(_, let version, let head): "unknownVersion \(version) of \(head ?? 0)"
        case .prunedVersion(_, let version, let oldest): "prunedVersion \(version) of \(oldest)"
        case .rollbackToTombstone(_, let version): "rollbackToTombstone \(version)"
        case .checksFailed(_, let findings): "checksFailed \(findings.map(\.rule).joined(separator: " "))"
        case .invalidSchema(let problems): "invalidSchema \(problems.map(\.pointer).joined(separator: " "))"
        case .schemaBreaks(_, let breaks):
            "schemaBreaks \(breaks.map { "\($0.key.environment)@\($0.version)" }.joined(separator: " "))"
        case .changeReused(let record): "changeReused \(record.version)"
        case .changePruned(_, let version, let oldest): "changePruned \(version.version) of \(oldest)"
        case .behind(_, let minimum, let head): "behind \(minimum) at \(head ?? 0)"
        case .foreignEpoch(let requested, _): "foreignEpoch \(requested.number)"
        case .signingRequired: "signingRequired"
        case .invalid: "invalid"
        case .invalidPatch: "invalidPatch"
        case .tooLarge: "tooLarge"
        case .tooMuchWork: "tooMuchWork"
        case .damaged(let version): "damaged \(version.version ?? 0)"
        case .storeFull: "storeFull"
        case .changeSetRefused(let refusals, _):
            refusals.map { "\($0.index): \($0.error.shortName)" }.joined(separator: ", ")
        case .notSupported: "notSupported"
        case .overloaded: "overloaded"
        case .conflictPersists: "conflictPersists"
        case .unavailable: "unavailable"
        case .outcomeUnknown: "outcomeUnknown"
        }
    }
}
