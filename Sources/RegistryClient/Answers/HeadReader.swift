import ConfigModel

/// Reads the answer to a `GET` of a document: the content is the body, the facts are headers.
struct HeadReader {
    private let response: RegistryResponse
    private let key: DocumentKey
    private let url: String

    init(_ response: RegistryResponse, key: DocumentKey, url: String) {
        self.response = response
        self.key = key
        self.url = url
    }

    /// The answer with status 200 or 304.
    func answer(askedFor etag: String?) throws(RegistryClientError) -> HeadAnswer {
        guard response.status == 304 else { return .content(try content()) }
        guard let etag else { throw refusal("'not modified' to a question without a condition") }
        guard response.header("Config-Record-Hash") != nil else {
            return .notModified(etag: response.header("ETag") ?? etag)
        }
        let facts = try HeadFacts(response.headers, url: url)
        return .notModified(etag: facts.etag, facts: facts.signed(key))
    }

    /// The content, checked against the hash in the header.
    func content() throws(RegistryClientError) -> ServedContent {
        let facts = try HeadFacts(response.headers, url: url)
        guard facts.changeType != .deleted else { throw refusal("a tombstone with the status of a living document") }
        let content: Content
        do {
            content = try Content(parsing: response.body, limits: Self.limits)
        } catch {
            throw refusal("a content that cannot be read: \(error)")
        }
        guard content.bytes == response.body else { throw refusal("a content that is not canonical") }
        guard content.hash == facts.contentHash else { throw refusal("a content with another hash than it names") }
        return ServedContent(
            key: key, version: facts.version, content: content, recordHash: facts.recordHash, epoch: facts.epoch,
            recordEpoch: facts.recordEpoch, changeType: facts.changeType, signature: facts.signature, etag: facts.etag,
            lastModified: response.header("Last-Modified"), epochStatement: facts.epochStatement)
    }

    private func refusal(_ what: String) -> RegistryClientError { .invalidAnswer(from: url, what) }

    private static let limits = ContentLimits(maximumBytes: 8 << 20, maximumDepth: 64)
}

extension HeadReader {
    /// The tombstone behind a 404 of type `deleted`.
    static func tombstone(
        from response: RegistryResponse, key: DocumentKey, url: String
    ) throws(RegistryClientError) -> ServedTombstone {
        let facts = try HeadFacts(response.headers, url: url)
        guard facts.changeType == .deleted, facts.contentHash == Content.empty.hash else {
            throw .invalidAnswer(from: url, "a tombstone that says it is none")
        }
        return ServedTombstone(
            key: key, version: facts.version, recordHash: facts.recordHash, epoch: facts.epoch,
            recordEpoch: facts.recordEpoch, signature: facts.signature, etag: facts.etag,
            epochStatement: facts.epochStatement)
    }
}
