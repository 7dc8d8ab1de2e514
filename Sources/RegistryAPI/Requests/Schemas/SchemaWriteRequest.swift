package import ConfigModel

/// A request that makes the next version of a service's schema.
package struct SchemaWriteRequest: Sendable {
    /// What is done.
    package enum Change: Sendable {
        /// A schema is put in force.
        case put(SchemaDocument)
        /// The schema ends.
        case delete
    }

    /// How long the registry may take beside the usual time limit: it answers when all registries know the schema.
    static let settling: Duration = .seconds(15)

    private let key: DocumentKey
    private let change: Change
    private let options: WriteOptions

    /// Puts a request together.
    package init(_ key: DocumentKey, _ change: Change, _ options: WriteOptions) {
        self.key = key
        self.change = change
        self.options = options
    }

    /// The request as HTTP has it, but for the change identifier.
    package var request: RegistryRequest {
        var request = RegistryRequest(
            path: APIPath.document(key), headers: [(.correlationID, options.correlationID)])
        switch options.expected {
        case .version(let version)?: request.query.append((QueryName.expectedVersion, String(version)))
        case .etag(let etag)?: request.headers.append((.ifMatch, etag))
        case nil: break
        }
        switch change {
        case .put(let document):
            request.method = .put
            request.setJSON(body(document))
            request.wait = Self.settling
        case .delete:
            request.method = .delete
            request.query += [(QueryName.comment, options.comment), (QueryName.createdBy, options.createdBy)]
        }
        return request
    }

    private func body(_ document: SchemaDocument) -> [UInt8] {
        var writer = JSONWriter(capacity: document.schemaBytes.count + 256)
        writer.object { body in
            body.member(SchemaBody.checksField, document.checks.rawValue)
            body.member(QueryName.comment, options.comment)
            body.member(QueryName.createdBy, options.createdBy)
            if options.overrides != .none {
                body.array(QueryName.override) { list in
                    for name in options.overrides.names { list.element(name) }
                }
            }
            body.member(SchemaBody.schemaField, verbatim: document.schemaBytes)
        }
        return writer.bytes
    }
}
