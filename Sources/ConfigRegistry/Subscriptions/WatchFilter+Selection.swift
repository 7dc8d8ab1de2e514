import ConfigModel
import ConfigStore

/// How a filter is read from a store: some documents by name, the others by query.
extension WatchFilter {
    /// The only document that the filter can match; nil when it could match several.
    var singleDocument: DocumentKey? {
        let documents = documents
        return documents.count == 1 && queries.isEmpty ? documents.first : nil
    }

    /// The documents that the filter names.
    var documents: [DocumentKey] {
        guard let environment else { return [] }
        // A name that breaks the rule names no document.
        return services.compactMap { try? DocumentKey(storedService: $0, environment: environment) }
    }

    /// The queries for everything that the filter does not name.
    var queries: [HeadQuery] {
        var queries: [HeadQuery] = []
        if environment == nil { queries += services.map { HeadQuery(service: $0) } }
        if let prefix { queries.append(HeadQuery(environment: environment, prefix: prefix)) }
        if services.isEmpty && prefix == nil { queries.append(HeadQuery(environment: environment)) }
        return queries
    }
}
