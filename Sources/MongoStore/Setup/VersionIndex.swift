/// The indexes that the collection of versions must have beside the one of `_id`.
struct VersionIndex: Sendable {
    let name: String
    /// The fields, all ascending.
    let fields: [String]
    let isUnique: Bool
    /// The field and value that a document must have to be in the index.
    let filter: (field: String, value: Int64, literal: BSONValue)?

    /// A change identifier makes one version of a document.
    static let change = VersionIndex(
        name: "change", fields: ["_id.s", "_id.e", "change_id"], isUnique: true, filter: nil)

    /// Lists the documents by their first versions.
    static let document = VersionIndex(
        name: "document", fields: ["_id.e", "_id.s"], isUnique: false, filter: ("_id.v", 1, 1))

    /// Lists what is not marked as announced, oldest first.
    static let unannounced = VersionIndex(
        name: "unannounced", fields: ["announced", "at"], isUnique: false, filter: ("announced", 0, false))

    static let all = [change, document, unannounced]

    /// The key pattern, which is also how a query names the index.
    var key: BSONValue { .document(BSONFields(fields.map { ($0, 1) })) }

    /// For the command `createIndexes`.
    var specification: BSONValue {
        var fields: BSONFields = ["name": .string(name), "key": key]
        if isUnique { fields.append("unique", .bool(true)) }
        if let filter {
            fields.append("partialFilterExpression", .document(BSONFields([(filter.field, filter.literal)])))
        }
        return .document(fields)
    }
}
