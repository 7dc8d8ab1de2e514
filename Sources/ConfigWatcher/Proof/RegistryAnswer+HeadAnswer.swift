import RegistryClient

extension RegistryAnswer {
    /// What the client's answer to a question means.
    init(_ answer: HeadAnswer, to request: ReadRequest) {
        switch answer {
        case .content(let served): self = .document(DocumentVersion(served))
        case .deleted(let served): self = .document(DocumentVersion(served))
        case .unknown: self = .unknown
        case .notModified(let etag, let facts) where etag == request.etag: self = .notModified(facts)
        case .notModified(let etag, _):
            self = .failed(
                reason: "The registry answered 'not modified' about \(etag), which is not what was asked for.",
                retryAfter: nil)
        }
    }

    /// What a failed question means. Any 503 to a question with a lower limit may be about the limit.
    init(_ error: RegistryClientError, to request: ReadRequest) {
        switch error.code {
        case .behind: self = .behind(reason: error.message)
        case .unavailable where request.minimumVersion != nil && error.status == 503:
            self = .behind(reason: error.message)
        case .damaged:
            if let version = error.problem?.version {
                self = .damaged(version: version)
            } else {
                self = .failed(reason: error.message, retryAfter: nil)
            }
        default: self = .failed(reason: error.message, retryAfter: error.retryAfter)
        }
    }
}
