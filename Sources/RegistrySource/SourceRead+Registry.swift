import ConfigModel
import ConfigWatcher
import RegistryAPI
import RegistryClient

/// A read of a document's newest version, as the registry's client knows it.
protocol HeadReading: Sendable {
    /// What is to be sent.
    var request: DocumentRequest { get }
    /// What the registry remembers is not enough.
    var isFresh: Bool { get }
    /// False when no result is needed any more.
    var isWanted: Bool { get }
    /// Ends the read.
    func respond(_ result: RegistryClient.HeadResult)
}

extension SourceRead: HeadReading {
    var request: DocumentRequest {
        DocumentRequest(key, ifNoneMatch: ifNoneMatch, minimumVersion: minimumVersion, epoch: epoch)
    }

    func respond(_ result: RegistryClient.HeadResult) {
        switch result {
        case .success(let head): respond(SourceResponse(head, ifNoneMatch: ifNoneMatch))
        case .failure(let error): respond(SourceResponse(error, minimumVersion: minimumVersion))
        }
    }
}

extension SourceResponse {
    /// What the registry's response means.
    init(_ head: HeadResponse, ifNoneMatch: String?) {
        switch head {
        case .content(let served): self = .version(DocumentVersion(served))
        case .deleted(let served): self = .version(DocumentVersion(served))
        case .unknown: self = .unknown
        case .notModified(let etag, let facts) where etag == ifNoneMatch: self = .notModified(facts)
        case .notModified(let etag, _):
            self = .failed(
                SourceFailure(
                    "The registry answered 'not modified' about \(etag), which is not what the request names."))
        }
    }

    /// What a failed read means. Any 503 to a read with a lower limit may be about the limit.
    init(_ error: RegistryClientError, minimumVersion: Int64?) {
        switch error.code {
        case .behind: self = .behind(reason: error.message)
        case .unavailable where minimumVersion != nil && error.status == 503: self = .behind(reason: error.message)
        case .damaged:
            if let version = error.problem?.version {
                self = .damaged(version: version)
            } else {
                self = .failed(SourceFailure(error))
            }
        default: self = .failed(SourceFailure(error))
        }
    }
}

extension SourceFailure {
    /// Why a call to the registry failed.
    init(_ error: RegistryClientError) {
        let scope: Scope
        switch error.code {
        case .forbidden where error.refusedDocument != nil: scope = .document
        case .unreachable, .tlsFailed, .interrupted, .unauthorized, .forbidden, .unavailable: scope = .source
        case .cancelled: scope = .read
        default: scope = .document
        }
        self.init(
            error.message, cause: error.cause, scope: scope, retryAfter: error.retryAfter,
            needsRepair: error.needsRepair)
    }

    /// Why the registry's stream cannot be had; documents may well be readable then.
    init(ofStream error: RegistryClientError) {
        let scope: Scope
        switch error.code {
        case .unreachable, .tlsFailed, .unauthorized, .forbidden: scope = .source
        default: scope = .announcements
        }
        self.init(
            error.message, cause: scope == .source ? error.cause : nil, scope: scope, needsRepair: error.needsRepair)
    }
}

extension RegistryClientError {
    /// A connection that is lost and one that is not made have the same cause.
    fileprivate var cause: String { code == .interrupted ? Code.unreachable.rawValue : code.rawValue }

    /// The document that the client may not read, when the registry names it; it may read others.
    var refusedDocument: DocumentKey? {
        guard code == .forbidden, case .string(let name)? = problem?.members["key"] else { return nil }
        return try? DocumentKey(parsing: name)
    }

    /// Waiting alone does not end it.
    fileprivate var needsRepair: Bool {
        switch code {
        case .unauthorized, .forbidden, .tlsFailed: true
        default: isNameUnknown
        }
    }
}

extension DocumentVersion {
    /// The content that the registry served.
    fileprivate init(_ served: ServedContent) {
        self.init(
            key: served.key, version: served.version, epoch: served.epoch, recordEpoch: served.recordEpoch,
            changeType: served.changeType, content: served.content, recordHash: served.recordHash,
            signature: served.signature, epochStatement: served.epochStatement, changeSet: served.changeSet)
    }

    /// The tombstone that the registry served.
    fileprivate init(_ served: ServedTombstone) {
        self.init(
            key: served.key, version: served.version, epoch: served.epoch, recordEpoch: served.recordEpoch,
            changeType: .deleted, content: .empty, recordHash: served.recordHash, signature: served.signature,
            epochStatement: served.epochStatement, changeSet: served.changeSet)
    }
}
