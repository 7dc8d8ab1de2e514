import ConfigModel
import RegistryAPI

/// Reads the response to a `GET` of a document: the content is the body, the facts are headers.
struct ServedHeadReader {
    private let response: RegistryResponse
    private let key: DocumentKey

    init(_ response: RegistryResponse, key: DocumentKey) {
        self.response = response
        self.key = key
    }

    /// The response with status 200 or 304.
    ///
    /// - Parameter etag: the condition that was sent.
    func head(ifNoneMatch etag: String?) throws(InvalidResponse) -> HeadResponse {
        guard response.status == 304 else { return .content(try content()) }
        guard let etag else { throw InvalidResponse("'not modified' to a request without a condition") }
        guard response.header(.configRecordHash) != nil else {
            return .notModified(etag: response.header(.etag) ?? etag)
        }
        let facts = try response.facts
        return .notModified(etag: facts.etag, facts: facts.signed(key))
    }

    /// The content, checked against the hash in the header.
    func content() throws(InvalidResponse) -> ServedContent {
        let facts = try response.facts
        guard facts.changeType != .deleted else {
            throw InvalidResponse("a tombstone with the status of a living document")
        }
        let content: Content
        do {
            content = try Content(
                parsing: response.body,
                limits: ContentLimits(maximumBytes: APILimits.contentBytes, maximumDepth: APILimits.contentDepth))
        } catch {
            throw InvalidResponse("a content that cannot be read: \(error)")
        }
        guard content.bytes == response.body else { throw InvalidResponse("a content that is not canonical") }
        guard content.hash == facts.contentHash else {
            throw InvalidResponse("a content with another hash than it names")
        }
        return ServedContent(
            key: key, version: facts.version, content: content, recordHash: facts.recordHash, epoch: facts.epoch,
            recordEpoch: facts.recordEpoch, changeType: facts.changeType, signature: facts.signature, etag: facts.etag,
            lastModified: facts.lastModified, epochStatement: facts.epochStatement)
    }

    /// The tombstone behind a 404 of type `deleted`.
    func tombstone() throws(InvalidResponse) -> ServedTombstone {
        let facts = try response.facts
        guard facts.changeType == .deleted, facts.contentHash == Content.empty.hash else {
            throw InvalidResponse("a tombstone that says it is none")
        }
        return ServedTombstone(
            key: key, version: facts.version, recordHash: facts.recordHash, epoch: facts.epoch,
            recordEpoch: facts.recordEpoch, signature: facts.signature, etag: facts.etag,
            epochStatement: facts.epochStatement)
    }
}
