import ConfigModel
import RegistryAPI
import RegistryClient

/// What has to be subscribed to for a set of documents.
///
/// Up to 64 documents are named one by one. Many bindings of one queue are expensive for a broker; beyond that everything of
/// their environments is subscribed to, and what is not followed is dropped here.
struct SubscriptionPlan: Sendable, Equatable {
    static let literalLimit = 64

    private let documents: [DocumentKey]
    private let environments: [String]

    init(_ keys: some Sequence<DocumentKey>) {
        let keys = Set(keys)
        environments = Set(keys.map(\.environment)).sorted()
        documents = keys.count <= Self.literalLimit ? keys.sorted() : []
    }

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

    /// One part for all, as a broker has one queue for all bindings; nil when there is nothing to subscribe to.
    var whole: SubscriptionPart? {
        environments.isEmpty ? nil : SubscriptionPart(name: "", selections: selections, patterns: patterns)
    }

    /// One part for each environment.
    var byEnvironment: [SubscriptionPart] {
        selections.map { SubscriptionPart(name: $0.environment ?? "", selections: [$0], patterns: []) }
    }
}

/// A part of a plan that is subscribed to as one. A part of the same name takes its place.
struct SubscriptionPart: Sendable, Equatable {
    let name: String
    let selections: [WatchSelection]
    let patterns: [String]

    /// True when announcements of a document are part of it.
    func covers(_ key: DocumentKey) -> Bool { selections.contains { $0.includes(key) } }
}
