public import ConfigModel

/// What is to become of one document of a change set.
public struct DocumentChange: Sendable, Equatable {
    /// What is done.
    public enum Operation: Sendable, Equatable {
        /// This content, whether the document exists or not.
        case publish(Content)
        /// What a patch makes of the newest version.
        case patch(DocumentPatch)
        /// The content of an earlier version once more.
        case restore(version: Int64)
        /// A tombstone.
        case delete
        /// The next schema of the service, which the other documents of the set are checked with.
        case schema(SchemaDocument)
    }

    /// Which document.
    public var key: DocumentKey
    /// What is done.
    public var operation: Operation
    /// The state that the document must be in; nil for any.
    public var expected: ExpectedVersion?

    /// Describes a schema that is put in force together with the other documents of a set.
    ///
    /// - Throws: `InvalidName` for an impossible name of a service.
    public static func schema(
        _ document: SchemaDocument, of service: String, expected: ExpectedVersion? = nil
    ) throws(InvalidName) -> DocumentChange {
        DocumentChange(.schema(document), of: try SchemaDocument.key(of: service), expected: expected)
    }

    /// Describes a change.
    public init(_ operation: Operation, of key: DocumentKey, expected: ExpectedVersion? = nil) {
        self.key = key
        self.operation = operation
        self.expected = expected
    }
}

extension DocumentChange {
    /// The fields of a change in a body.
    enum Field {
        static let service = "service_name"
        static let environment = "environment"
        static let content = "config_data"
        static let patch = "patch"
        static let mergePatch = "merge_patch"
        static let restoreVersion = "restore_version"
        static let delete = "delete"
        static let schema = SchemaBody.schemaField
        static let checks = SchemaBody.checksField
        static let expectedVersion = QueryName.expectedVersion
        static let ifMatch = "if_match"

        static let operations = [content, patch, mergePatch, restoreVersion, delete, schema]
        static let all = [service, environment, expectedVersion, ifMatch, checks] + operations
    }

    /// Appends the change to a list that is being written.
    func append(to list: inout JSONWriter) {
        list.object { entry in
            entry.member(Field.service, key.service)
            if !key.isReserved { entry.member(Field.environment, key.environment) }
            switch operation {
            case .publish(let content): entry.member(Field.content, verbatim: content.bytes)
            case .patch(.merge(let patch)): entry.member(Field.mergePatch, .object(patch))
            case .patch(.operations(let operations)): entry.member(Field.patch, .array(operations))
            case .restore(let version): entry.member(Field.restoreVersion, version)
            case .delete: entry.member(Field.delete, .bool(true))
            case .schema(let document):
                entry.member(Field.schema, verbatim: document.schemaBytes)
                entry.member(Field.checks, document.checks.rawValue)
            }
            switch expected {
            case .version(let version)?: entry.member(Field.expectedVersion, version)
            case .etag(let etag)?: entry.member(Field.ifMatch, etag)
            case nil: break
            }
        }
    }
}
