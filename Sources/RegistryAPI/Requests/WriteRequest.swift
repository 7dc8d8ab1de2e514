package import ConfigModel

/// A request that makes a document's next version.
package struct WriteRequest: Sendable {
    /// What is done.
    package enum Change: Sendable {
        /// The first version, or the first after a deletion.
        case create(Content)
        /// The next version of a living document.
        case update(Content)
        /// What a patch makes of the newest version.
        case patch(DocumentPatch)
        /// The content of an earlier version once more.
        case rollback(to: Int64)
        /// The content of another environment's document, its newest or one of its versions.
        case promote(from: String, version: Int64?)
        /// A tombstone.
        case delete
    }

    /// Which document.
    package let key: DocumentKey
    /// What is done.
    package let change: Change
    /// What goes with it.
    package let options: WriteOptions

    /// Puts a request together.
    package init(_ change: Change, _ key: DocumentKey, _ options: WriteOptions) {
        self.key = key
        self.change = change
        self.options = options
    }

    /// The request as HTTP has it, but for the change identifier.
    package var request: RegistryRequest {
        var request = RegistryRequest(
            path: APIPath.document(key), query: [(QueryName.environment, key.environment)],
            headers: [(.correlationID, options.correlationID)])
        switch options.expected {
        case .version(let version)?: request.query.append((QueryName.expectedVersion, String(version)))
        case .etag(let etag)?: request.headers.append((.ifMatch, etag))
        case nil: break
        }
        switch change {
        case .create(let content):
            request.method = .post
            setContent(content, of: &request)
        case .update(let content):
            request.method = .put
            setContent(content, of: &request)
        case .patch(let patch):
            request.method = .patch
            request.query += reasons
            request.headers.append((.contentType, patch.mediaType.rawValue))
            request.body = patch.jsonBytes
        case .rollback(let version):
            request.method = .post
            request.path = APIPath.rollback(of: key)
            request.setJSON(body { $0.member(RollbackBody.toVersionField, version) })
        case .promote(let environment, let version):
            request.method = .post
            request.path = APIPath.promotion(of: key)
            request.setJSON(
                body {
                    $0.member(PromotionBody.environmentField, environment)
                    $0.member(PromotionBody.versionField, version)
                })
        case .delete:
            request.method = .delete
            request.query += reasons
        }
        return request
    }

    /// What a call whose body is no object of its own says about the change.
    private var reasons: [(name: String, value: String?)] {
        [(QueryName.comment, options.comment), (QueryName.createdBy, options.createdBy)]
            + options.overrides.names.map { (QueryName.override, $0) }
    }

    private func setContent(_ content: Content, of request: inout RegistryRequest) {
        request.setJSON(body { $0.member(PublishBody.contentField, verbatim: content.bytes) })
        // The caller has the content; the hashes say whether the version has it (RFC 7240).
        request.headers.append((.prefer, ReturnPreference.minimal))
    }

    /// A body: its own members, then what is said about the change.
    private func body(_ members: (inout JSONWriter) -> Void) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { body in
            members(&body)
            body.member(QueryName.comment, options.comment)
            body.member(QueryName.createdBy, options.createdBy)
            guard options.overrides != .none else { return }
            body.array(QueryName.override) { list in
                for name in options.overrides.names { list.element(name) }
            }
        }
        return writer.bytes
    }
}
