/// An index as the server lists it.
struct ExistingIndex {
    let name: String
    let isUnique: Bool
    private let key: [(name: String, value: Int64?)]
    private let filter: [(name: String, value: Int64?)]?
    /// Options that change what the index finds or what happens to the documents.
    private let otherOptions: [String]

    init(_ index: BSONView) throws(MongoFailure) {
        name = try index.string("name")
        key = try index.document("key") { $0.numbers }
        isUnique = try index.boolIfPresent("unique") ?? false
        filter = try index.documentIfPresent("partialFilterExpression") { $0.numbers }
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
            let isSame = filter.map(\.name) == [expected.field] && filter.map(\.value) == [expected.value]
            return isSame ? nil : "its partialFilterExpression is another"
        case (nil, _?): return "it has no partialFilterExpression"
        case (_?, nil): return "it has a partialFilterExpression"
        }
    }

    /// An index that makes the server delete versions by itself.
    var deletesDocuments: Bool { otherOptions.contains("expireAfterSeconds") }
}
