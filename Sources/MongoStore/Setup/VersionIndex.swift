/// The indexes that the collection of versions must have beside the one of `_id`.
struct VersionIndex: Sendable {
    let name: String
    /// The fields, all ascending.
    let fields: [String]
    let isUnique: Bool
    /// What a document must have to be in the index.
    let filter: IndexFilter?

    /// A change identifier makes one version of a document.
    static let change = VersionIndex(
        name: "change", fields: ["_id.s", "_id.e", "change_id"], isUnique: true, filter: nil)

    /// Lists the documents by their first versions.
    static let document = VersionIndex(
        name: "document", fields: ["_id.e", "_id.s"], isUnique: false, filter: IndexFilter("_id.v", .equal(1, 1)))

    /// Lists what is not marked as announced, oldest first.
    static let unannounced = VersionIndex(
        name: "unannounced", fields: ["announced", "at"], isUnique: false,
        filter: IndexFilter("announced", .equal(0, false)))

    /// Finds the members of a change set.
    static let changeSet = VersionIndex(
        name: "changeset", fields: ["changeset_id"], isUnique: false, filter: IndexFilter("changeset_id", .present))

    /// All versions in the order in which the server got them.
    static let stored = VersionIndex(name: "stored", fields: ["at"], isUnique: false, filter: nil)

    static let all = [change, document, unannounced, changeSet, stored]

    /// The key pattern, which is also how a query names the index.
    var key: BSONValue { .document(BSONFields(fields.map { ($0, 1) })) }

    /// For the command `createIndexes`.
    var specification: BSONValue {
        var fields: BSONFields = ["name": .string(name), "key": key]
        if isUnique { fields.append("unique", .bool(true)) }
        if let filter {
            fields.append("partialFilterExpression", .document(BSONFields([(filter.field, filter.condition.literal)])))
        }
        return .document(fields)
    }
}

/// Which documents are in an index that does not have them all.
struct IndexFilter: Sendable {
    /// What the field must be.
    enum Condition: Sendable {
        /// This value, which the server lists as this number.
        case equal(Int64, BSONValue)
        /// Anything.
        case present

        var literal: BSONValue {
            switch self {
            case .equal(_, let value): value
            case .present: ["$exists": true]
            }
        }
    }

    let field: String
    let condition: Condition

    init(_ field: String, _ condition: Condition) {
        self.field = field
        self.condition = condition
    }
}
