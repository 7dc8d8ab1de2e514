import ConfigModel
import RegistryClient

/// What has to be subscribed to for a set of documents.
///
/// Up to 64 documents are named one by one. Many bindings of one queue are expensive for a broker; beyond that everything of
/// their environments is listened to, and what is not followed is thrown away here.
struct SubscriptionPlan: Sendable, Equatable {
    static let literalLimit = 64

    private let documents: [DocumentKey]
    private let environments: [String]

    init(_ keys: some Sequence<DocumentKey>) {
        let keys = Set(keys)
        environments = Set(keys.map(\.environment)).sorted()
        documents = keys.count <= Self.literalLimit ? keys.sorted() : []
    }

    /// True when there is nothing to subscribe to.
    var isEmpty: Bool { environments.isEmpty }

    /// The binding patterns on the bus.
    var patterns: [String] {
        documents.isEmpty ? environments.map { "config.\($0).#" } : documents.map(RoutingKey.document)
    }

    /// The registry's streams, one for each environment.
    var selections: [WatchSelection] {
        environments.map { environment in
            WatchSelection(
                services: documents.filter { $0.environment == environment }.map(\.service), environment: environment)
        }
    }
}
