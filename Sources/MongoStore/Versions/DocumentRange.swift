import ConfigModel
import ConfigStore

/// A rectangle of keys that one scan of the index over environment and service visits without looking at others.
struct DocumentRange: Equatable {
    let environments: NameRange
    let services: NameRange

    /// The ranges of a query; together they hold exactly its documents, tombstones aside.
    static func ranges(of query: HeadQuery) -> [DocumentRange] {
        let environments =
            query.environment.map { NameRange(only: $0) } ?? (query.includesReserved ? .all : .unreserved)
        let services = serviceRanges(of: query)
        guard let after = query.after else { return product([environments], services) }
        // Behind a key in key order: the rest of its environment, then the environments behind that.
        return product(
            [environments.intersection(NameRange(only: after.environment))].compactMap(\.self),
            services.compactMap { $0.intersection(NameRange(after: after.service)) })
            + product([environments.intersection(NameRange(after: after.environment))].compactMap(\.self), services)
    }

    private static func serviceRanges(of query: HeadQuery) -> [NameRange] {
        let services = query.service.map { NameRange(only: $0) } ?? .all
        guard let prefix = query.prefix else { return [services] }
        return NameRange.segments(prefix).compactMap { $0.intersection(services) }
    }

    private static func product(_ environments: [NameRange], _ services: [NameRange]) -> [DocumentRange] {
        environments.flatMap { environment in
            services.map { DocumentRange(environments: environment, services: $0) }
        }
    }

    /// Always with a condition on both fields: without one on the first the server scans the whole index.
    var condition: BSONValue {
        ["_id.e": environments.condition, "_id.s": services.condition]
    }
}
