import ConfigModel
import RegistryAPI
import RegistryClient

/// What has to be subscribed to for a set of documents.
///
/// Up to 64 documents are named one by one. Many bindings of one queue are expensive for a broker; beyond that everything of
/// their environments is subscribed to, and what is not followed is dropped here. A broker that allows a login its documents
/// and no more gets them one by one all the same.
struct SubscriptionPlan: Sendable, Equatable {
    static let literalLimit = 64
    /// How many documents are bound one by one at most.
    static let bindingLimit = 1_000

    private let keys: Set<DocumentKey>
    private let documents: [DocumentKey]
    private let environments: [String]

    init(_ keys: some Sequence<DocumentKey>) {
        self.keys = Set(keys)
        environments = Set(self.keys.map(\.environment)).sorted()
        documents = self.keys.count <= Self.literalLimit ? self.keys.sorted() : []
    }

    /// The binding patterns on the bus.
    var patterns: [String] {
        documents.isEmpty ? environments.map { "config.\($0).#" } : documents.map(RoutingKey.document)
    }

    /// The registry's streams, one for each environment.
    var selections: [WatchSelection] { Self.selections(of: documents, in: environments) }

    /// One part for all, as a broker has one queue for all bindings; nil when there is nothing to subscribe to.
    var whole: SubscriptionPart? {
        environments.isEmpty
            ? nil
            : SubscriptionPart(
                name: "", selections: selections, patterns: patterns, isWide: documents.isEmpty)
    }

    /// One part for each environment.
    var byEnvironment: [SubscriptionPart] {
        selections.map { SubscriptionPart(name: $0.environment ?? "", selections: [$0], patterns: []) }
    }

    /// For a broker that allows single documents only: up to 1,000 of them one by one, and a stream of the registry for each
    /// environment of the others.
    var narrow: [SubscriptionPart] {
        let sorted = keys.sorted()
        let bound = Array(sorted.prefix(Self.bindingLimit))
        guard !bound.isEmpty else { return [] }
        let boundEnvironments = Set(bound.map(\.environment)).sorted()
        let restEnvironments = Set(sorted.dropFirst(bound.count).map(\.environment)).sorted()
        return [
            SubscriptionPart(
                name: "", selections: Self.selections(of: bound, in: boundEnvironments),
                patterns: bound.map(RoutingKey.document))
        ]
            + restEnvironments.map { environment in
                SubscriptionPart(
                    name: "stream/\(environment)", selections: [WatchSelection(services: [], environment: environment)],
                    patterns: [])
            }
    }

    private static func selections(of documents: [DocumentKey], in environments: [String]) -> [WatchSelection] {
        let services = Dictionary(grouping: documents, by: \.environment)
        return environments.map { environment in
            WatchSelection(
                services: services[environment, default: []].map(\.service), environment: environment)
        }
    }
}

/// A part of a plan that is subscribed to as one. A part of the same name takes its place.
struct SubscriptionPart: Sendable, Equatable {
    let name: String
    let selections: [WatchSelection]
    /// The binding patterns on the bus; none for a stream of the registry.
    let patterns: [String]
    /// The patterns mean more documents than are followed.
    var isWide = false

    /// True when announcements of a document are part of it.
    func covers(_ key: DocumentKey) -> Bool { selections.contains { $0.includes(key) } }
}
