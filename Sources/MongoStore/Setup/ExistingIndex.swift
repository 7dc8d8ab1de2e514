/// An index as the server lists it.
struct ExistingIndex {
    let name: String
    let isUnique: Bool
    private let key: [(name: String, value: Int64?)]
    private let filter: [FilteredField]?
    /// Options that change what the index finds or what happens to the documents.
    private let otherOptions: [String]

    init(_ index: BSONView) throws(MongoFailure) {
        name = try index.string("name")
        key = try index.document("key") { $0.numbers }
        isUnique = try index.boolIfPresent("unique") ?? false
        filter = try index.documentIfPresent("partialFilterExpression") { FilteredField.all(in: $0) }
        otherOptions = index.numbers.map(\.name).filter(Self.harmfulOptions.contains)
    }

    private static let harmfulOptions: Set = ["collation", "expireAfterSeconds", "hidden", "sparse"]

    /// True for an index over the same fields.
    func covers(_ index: VersionIndex) -> Bool {
        key.map(\.name) == index.fields && key.allSatisfy { $0.value == 1 }
    }

    /// What is wrong with it; nil when it does what is needed.
    func difference(from index: VersionIndex) -> String? {
        if let option = otherOptions.first { return "it has the option '\(option)'" }
        if isUnique != index.isUnique { return index.isUnique ? "it is not unique" : "it is unique" }
        switch (filter, index.filter) {
        case (nil, nil): return nil
        case (let filter?, let expected?):
            let isSame = filter.count == 1 && filter[0].meets(expected)
            return isSame ? nil : "its partialFilterExpression is another"
        case (nil, _?): return "it has no partialFilterExpression"
        case (_?, nil): return "it has a partialFilterExpression"
        }
    }

    /// An index that makes the server delete versions by itself.
    var deletesDocuments: Bool { otherOptions.contains("expireAfterSeconds") }
}

/// What the filter of an index asks of a field.
private struct FilteredField {
    private let name: String
    /// The value that it must have, when that is a number or a boolean.
    private let value: Int64?
    /// The operators that it must meet.
    private let operators: [(name: String, value: Int64?)]

    static func all(in filter: BSONView) -> [FilteredField] {
        filter.numbers.map { field in
            let operators = try? filter.documentIfPresent(field.name) { $0.numbers }
            return FilteredField(name: field.name, value: field.value, operators: operators ?? [])
        }
    }

    func meets(_ filter: IndexFilter) -> Bool {
        guard name == filter.field else { return false }
        return switch filter.condition {
        case .equal(let number, _): value == number
        case .present: operators.count == 1 && operators[0].name == "$exists" && operators[0].value == 1
        }
    }
}
