public import ConfigModel

/// The versions that a change set made.
public struct PublishedChangeSet: Sendable, Equatable {
    /// `SIZE-HEX`, as each of the versions names it.
    public let id: String
    /// The history that the versions belong to.
    public let epoch: Epoch
    /// In the order of the request.
    public let documents: [WrittenVersion]
    /// The documents that do not fit a schema of the set: those that were let pass, and those that were published before every
    /// registry knew it; as far as the caller may read them.
    public let breaks: [SchemaVerdictFacts]
    /// How many more there are.
    public let hiddenBreaks: Int

    /// Puts a response together.
    package init(
        id: String, epoch: Epoch, documents: [WrittenVersion], breaks: [SchemaVerdictFacts] = [], hiddenBreaks: Int = 0
    ) {
        self.breaks = breaks
        self.hiddenBreaks = hiddenBreaks
        self.id = id
        self.epoch = epoch
        self.documents = documents
    }
}

extension PublishedChangeSet {
    /// The body.
    ///
    /// - Parameters:
    ///   - documents: the versions with the warnings that the caller may see.
    ///   - breaks: the documents that do not fit a schema of the set; nil when there is no schema in it.
    ///   - hiddenBreaks: how many more there are that the caller may not read.
    ///   - withContent: whether the contents are part of it; a caller that sent them can do without.
    package static func jsonBytes(
        id: String, epoch: Epoch, _ documents: [(record: VersionRecord, warnings: VisibleFindings)],
        breaks: [SchemaVerdictFacts]?, hiddenBreaks: Int, withContent: Bool
    ) -> [UInt8] {
        var writer = JSONWriter(capacity: 1_024 * (documents.count + 1))
        writer.object { body in
            body.member("changeset_id", id)
            body.member("changeset_size", documents.count)
            body.member("epoch", epoch.description)
            body.array("records") { list in
                for (record, warnings) in documents {
                    list.element(
                        verbatim: WrittenVersion.jsonBytes(record, warnings: warnings, withContent: withContent))
                }
            }
            guard let breaks else { return }
            body.array("breaks") { list in
                for document in breaks { list.element(document.json) }
            }
            body.member("hidden", hiddenBreaks)
        }
        return writer.bytes
    }

    /// Reads a body; all hashes are recomputed, and that these are the versions of the request.
    package init(_ body: [UInt8], to publication: ChangeSetPublication) throws(InvalidResponse) {
        let object = try ResponseJSON.object(body)
        let (id, epoch, entries) = try ResponseJSON.fields { () throws(JSONFieldError) in
            (
                try object.string("changeset_id"), try object.parsed("epoch") { Epoch(parsing: $0) },
                try object.array("records")
            )
        }
        guard entries.count == publication.documents.count else {
            throw InvalidResponse("\(entries.count) records of a set of \(publication.documents.count)")
        }
        var documents: [WrittenVersion] = []
        for (entry, change) in zip(entries, publication.documents) {
            let document = try WrittenVersion(entry, content: change.content)
            guard document.record.key == change.key else { throw InvalidResponse("a record of another document") }
            guard document.record.changeSet?.id == id else { throw InvalidResponse("a record of another change set") }
            documents.append(document)
        }
        let (breaks, hidden) = try ResponseJSON.fields { () throws(JSONFieldError) in
            (try SchemaVerdictFacts.list("breaks", of: object), try object.optionalInt64("hidden") ?? 0)
        }
        self.init(
            id: id, epoch: epoch, documents: documents, breaks: breaks, hiddenBreaks: Int(clamping: hidden))
    }
}

extension WrittenVersion {
    /// Reads one of several.
    fileprivate init(_ entry: JSONValue, content: Content?) throws(InvalidResponse) {
        guard case .object(let object) = entry else { throw InvalidResponse("a record that is not an object") }
        let record = try ResponseJSON.record(object, content: content)
        if let content, record.content != content {
            throw InvalidResponse("a version with another content than was published")
        }
        self.init(record, warnings: CheckFinding.list(object[Self.warningsField]))
    }
}

extension DocumentChange {
    /// The content that its version has, as far as the request says.
    var content: Content? {
        switch operation {
        case .publish(let content): content
        case .schema(let document): document.content
        case .delete: .empty
        case .patch, .restore: nil
        }
    }
}
