import ConfigModel
import ConfigRegistry
import ConfigStore
import RegistryAPI

extension Problem {
    /// What each of the registry's errors is to a client that may read some documents.
    ///
    /// - Parameter mayRead: which; nil for all.
    init(_ error: RegistryError, epoch: Epoch, mayRead: ((DocumentKey) -> Bool)?) {
        switch error {
        case .checksFailed(let key, let findings):
            self = .checksFailed(key, VisibleFindings(findings, in: key, mayRead: mayRead))
        case .changeSetRefused(let refusals, let size):
            self.init(
                refusals.map { refusal in
                    MemberProblem(
                        index: refusal.index, problem: Problem(refusal.error, epoch: epoch, mayRead: mayRead))
                }, ofMembers: size)
        default: self.init(error, epoch: epoch)
        }
    }

    /// What each of the registry's errors is to a client of which nothing is known.
    init(_ error: RegistryError, epoch: Epoch) {
        self.init(Self.type(of: error), error.detail)
        switch error {
        case .deletedDocument(let tombstone):
            self = with("version", tombstone.version).with("epoch", epoch.description)
                .with(HeadFacts(tombstone, epoch: epoch).headers)
        case .alreadyExists(let head):
            self = with("version", head.version).with("epoch", epoch.description)
                .with(.etag, epoch.etag(head.version))
        case .versionMismatch(_, let current, _):
            self = with("current_version", current ?? 0).with("epoch", epoch.description)
            if let current {
                self = with(.etag, epoch.etag(current))
            }
        case .changeReused(let record):
            self = with("version", record.version).with("epoch", epoch.description)
        case .behind(_, let minimum, let head):
            self = with("min_version", minimum).with("version", head ?? 0).with("epoch", epoch.description)
        case .foreignEpoch(_, let current):
            self = with("epoch", current.description)
        case .unknownVersion(_, let version, let head):
            self = with("version", version).with("newest_version", head ?? 0)
        case .prunedVersion(_, let version, let oldest):
            self = with("version", version).with("oldest_version", oldest)
        case .changePruned(_, let version, let oldest):
            self = with("version", version.version).with("oldest_version", oldest)
        case .rollbackToTombstone(_, let version):
            self = with("version", version)
        case .checksFailed(let key, let findings):
            self = .checksFailed(key, VisibleFindings(findings, in: key) { $0 == key })
        case .changeSetRefused: self = Problem(error, epoch: epoch) { _ in false }
        case .invalidSchema(let problems):
            self = with("problems", .array(problems.map(\.json)))
        case .damaged(let version):
            if let identity = version.identity {
                self = with("service_name", identity.key.service).with("environment", identity.key.environment)
                    .with("version", identity.version).with("epoch", epoch.description)
            }
        // Which of them a caller may see is for the route to say.
        case .schemaBreaks: break
        case .unknownDocument, .invalid, .invalidPatch, .tooLarge, .tooMuchWork, .storeFull, .overloaded,
            .conflictPersists,
            .unavailable, .notSupported, .outcomeUnknown, .signingRequired:
            break
        }
    }

    private static func type(of error: RegistryError) -> ProblemType {
        switch error {
        case .unknownDocument: .unknown
        case .deletedDocument: .deleted
        case .alreadyExists: .exists
        case .versionMismatch: .versionMismatch
        case .unknownVersion: .unknownVersion
        case .prunedVersion, .changePruned: .pruned
        case .rollbackToTombstone: .rollbackToTombstone
        case .checksFailed: .checksFailed
        case .invalidSchema: .invalidSchema
        case .schemaBreaks: .schemaBreaks
        case .changeReused: .changeReused
        case .behind: .behind
        case .foreignEpoch: .foreignEpoch
        case .signingRequired: .signingRequired
        case .invalid: .invalid
        case .invalidPatch: .invalidPatch
        case .tooLarge: .tooLarge
        case .tooMuchWork: .tooMuchWork
        case .damaged: .damagedVersion
        case .storeFull: .noRoom
        case .changeSetRefused: .invalid
        case .notSupported: .notSupported
        case .overloaded: .overloaded
        case .conflictPersists: .conflictPersists
        case .unavailable: .unavailable
        case .outcomeUnknown: .outcomeUnknown
        }
    }
}

extension SchemaProblem {
    fileprivate var json: JSONValue {
        var object = JSONObject()
        object["pointer"] = .string(pointer)
        object["message"] = .string(message)
        return .object(object)
    }
}
