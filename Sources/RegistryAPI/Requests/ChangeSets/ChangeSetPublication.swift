public import ConfigModel

/// Changes of several documents that are published as one: all of them, or none.
public struct ChangeSetPublication: Sendable, Equatable {
    /// 1 to 100, each document once.
    public var documents: [DocumentChange]
    /// Why the changes are made.
    public var comment: String
    /// Who makes them; a registry with authentication takes the authenticated identity instead.
    public var createdBy: String?
    /// The findings of checks that the author lets pass, in every document.
    public var overrides: CheckOverrides
    /// Makes a repetition of the same request the same set (`[A-Za-z0-9._:-]{1,64}`); nil makes a new one.
    public var changeID: String?
    /// Ties the changes to the caller's own request.
    public var correlationID: String?

    /// Describes a change set.
    public init(
        _ documents: [DocumentChange], comment: String = "", createdBy: String? = nil,
        overrides: CheckOverrides = .none, changeID: String? = nil, correlationID: String? = nil
    ) {
        self.documents = documents
        self.comment = comment
        self.createdBy = createdBy
        self.overrides = overrides
        self.changeID = changeID
        self.correlationID = correlationID
    }
}

extension ChangeSetPublication {
    /// The request as HTTP has it, but for the change identifier.
    package var request: RegistryRequest {
        var writer = JSONWriter(capacity: 1_024 + 512 * documents.count)
        writer.object { body in
            body.member(QueryName.comment, comment)
            body.member(QueryName.createdBy, createdBy)
            if !overrides.names.isEmpty {
                body.array(QueryName.override) { list in overrides.names.forEach { list.element($0) } }
            }
            body.array(ChangeSetBody.documentsField) { list in
                for document in documents { document.append(to: &list) }
            }
        }
        var request = RegistryRequest(
            method: .post, path: APIPath.changeSets,
            headers: [
                (.correlationID, correlationID),
                // The caller has the contents; the hashes say whether the versions have them (RFC 7240).
                (.prefer, documents.allSatisfy { $0.content != nil } ? ReturnPreference.minimal : nil),
            ],
            maximumResponse: APILimits.listResponse)
        request.setJSON(writer.bytes)
        // The registry answers when all registries know the schema.
        if documents.contains(where: \.key.isReserved) { request.wait = SchemaWriteRequest.settling }
        return request
    }
}
