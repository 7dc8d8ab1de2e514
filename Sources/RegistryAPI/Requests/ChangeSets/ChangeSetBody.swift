package import ConfigModel

/// The body of `POST /api/changesets`.
package struct ChangeSetBody: Sendable {
    static let documentsField = "documents"
    static let hint =
        #"Send {"comment": "...", "documents": [{"service_name": "parsing", "environment": "prod", "config_data": {...}}]}."#

    /// Why the changes are made.
    package let comment: String?
    /// Who makes them.
    package let createdBy: String?
    /// The findings of checks that the author lets pass.
    package let overrides: CheckOverrides
    /// In the order of the request, 1 to `ChangeSet.maximumMembers` of a change set.
    package let documents: [ChangeSetEntry]

    /// Reads a body. What is wrong with single documents is found with each of them.
    ///
    /// - Parameters:
    ///   - body: the body.
    ///   - limits: what a content may be.
    ///   - isChangeSet: false for a list that is cut into change sets later, so that it may have any number of documents.
    package init(_ body: [UInt8], limits: ContentLimits, isChangeSet: Bool = true) throws(Problem) {
        let fields = try BodyFields(
            body, known: [QueryName.comment, QueryName.createdBy, QueryName.override, Self.documentsField],
            maximumDepth: limits.maximumDepth + 3, hint: Self.hint)
        comment = try fields.text(QueryName.comment)
        createdBy = try fields.text(QueryName.createdBy)
        guard case .array(let entries)? = fields[Self.documentsField],
            !entries.isEmpty, !isChangeSet || entries.count <= ChangeSet.maximumMembers
        else {
            let number = isChangeSet ? "1 to \(ChangeSet.maximumMembers)" : "at least one"
            throw Problem(
                .invalidField, "The field documents must be an array of \(number) objects. \(Self.hint)"
            ).with("pointer", "/documents")
        }
        var documents: [ChangeSetEntry] = []
        documents.reserveCapacity(entries.count)
        for (index, entry) in entries.enumerated() {
            documents.append(ChangeSetEntry(entry, at: index, limits: limits))
        }
        overrides = try fields.overrides(of: Self.subjects(of: documents))
        self.documents = Self.refusingRepetitions(documents)
        if isChangeSet { try Self.checkSize(documents) }
    }

    /// What the set changes; both kinds where that cannot be read.
    private static func subjects(of documents: [ChangeSetEntry]) -> Set<CheckOverrides.Subject> {
        let subjects = documents.map { entry -> CheckOverrides.Subject? in
            entry.key.map { $0.isReserved ? .schema : .document }
        }
        return subjects.contains(nil) ? [.document, .schema] : Set(subjects.compactMap(\.self))
    }

    private static func refusingRepetitions(_ documents: [ChangeSetEntry]) -> [ChangeSetEntry] {
        var documents = documents
        var first: [DocumentKey: Int] = [:]
        for index in documents.indices {
            guard let key = documents[index].key else { continue }
            guard let other = first[key] else {
                first[key] = index
                continue
            }
            documents[index].refuse(
                Problem(
                    .invalidField,
                    "\(key) is in the change set twice (as document \(other) too); a set makes one version of each document."
                ).with("pointer", "/documents/\(index)"))
        }
        return documents
    }

    private static func checkSize(_ documents: [ChangeSetEntry]) throws(Problem) {
        let bytes = documents.reduce(0) { sum, document in
            sum + (document.change?.content?.bytes.count ?? 0)
        }
        guard bytes <= ChangeSet.maximumContentBytes else {
            throw Problem(
                .tooLarge,
                "The contents of the change set have \(bytes) bytes together; they may have at most \(ChangeSet.maximumContentBytes): make several sets of it."
            )
        }
    }
}
