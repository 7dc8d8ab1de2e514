import ConfigModel
import ConfigRegistry
import ConfigStore
import Hummingbird

/// Which heads a list is to show.
struct ListRequest: Sendable {
    static let parameters = ["service_name", "prefix", "environment", "deleted", "view", "limit", "cursor"]

    let heads: HeadQuery
    /// False for `view=heads`.
    let hasContents: Bool
    private let query: QueryParameters

    init(_ request: Request) throws(Problem) {
        query = try request.query(Self.parameters)
        switch query["view"] {
        case nil: hasContents = true
        case "heads": hasContents = false
        default: throw QueryParameters.invalid("view", "must be heads; leave it out for whole records.")
        }
        heads = HeadQuery(
            environment: try query.name("environment", .environment), service: try query.name("service_name", .service),
            prefix: try query.name("prefix", .service), includesDeleted: try query.flag("deleted"),
            after: try Self.cursor(query), limit: Int(try query.integer("limit", in: 1...1_000) ?? 100))
    }

    /// The reference to the page behind a document.
    func next(after last: DocumentKey) -> String {
        var pairs = query.all.filter { $0.name != "cursor" }
        pairs.append((name: "cursor", value: last.description))
        let list = pairs.map { "\($0.name)=\(PercentEncoding.encoded($0.value))" }
        return "/api/configs?" + list.joined(separator: "&")
    }

    private static func cursor(_ query: QueryParameters) throws(Problem) -> DocumentKey? {
        guard let text = query["cursor"] else { return nil }
        guard let key = try? DocumentKey(parsing: text) else {
            throw QueryParameters.invalid("cursor", "must be taken from the Link header of the page before.")
        }
        return key
    }
}
