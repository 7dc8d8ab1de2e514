import ConfigModel
import RegistryAPI
import RegistryClient

/// What has to be subscribed to for a set of documents and prefixes.
///
/// Documents that lie below no prefix are named one by one, up to 64 of them. Many bindings of one queue are expensive for a
/// broker; beyond that everything of their environments is subscribed to, and what is not followed is dropped here. A broker
/// that allows a login its documents and no more gets them one by one all the same.
struct SubscriptionPlan: Sendable, Equatable {
    static let literalLimit = 64
    /// How many documents are bound one by one at most.
    static let bindingLimit = 1_000

    /// Below no prefix.
    private let keys: Set<DocumentKey>
    /// Those of them that are named; empty when all of their environments is subscribed to.
    private let documents: [DocumentKey]
    /// The environments of these documents.
    private let environments: [String]
    /// None of them lies below another.
    private let prefixes: [DocumentPrefix]

    init(_ keys: some Sequence<DocumentKey>, below prefixes: [DocumentPrefix] = []) {
        let outermost = Set(prefixes).filter { prefix in
            !prefixes.contains { $0 != prefix && $0.includes(prefix) }
        }
        self.prefixes = outermost.sorted()
        self.keys = Set(keys.lazy.filter { key in !outermost.contains { $0.includes(key) } })
        environments = Set(self.keys.map(\.environment)).sorted()
        documents = self.keys.count <= Self.literalLimit ? self.keys.sorted() : []
    }

    /// The binding patterns on the bus.
    var patterns: [String] {
        let own = documents.isEmpty ? environments.map(RoutingKey.documents(of:)) : documents.map(RoutingKey.document)
        return own + prefixes.map(RoutingKey.documents)
    }

    /// The registry's streams of the documents that are followed by themselves, one for each environment.
    var selections: [WatchSelection] { Self.selections(of: documents, in: environments) }

    /// One part for all, as a broker has one queue for all bindings; nil when there is nothing to subscribe to.
    var whole: SubscriptionPart? {
        environments.isEmpty && prefixes.isEmpty
            ? nil
            : SubscriptionPart(
                name: "", selections: selections + prefixes.map { WatchSelection($0) }, patterns: patterns,
                isWide: documents.isEmpty || !prefixes.isEmpty)
    }

    /// One part for each environment, and one for each prefix, which sends whatever is there.
    var byEnvironment: [SubscriptionPart] {
        selections.map { SubscriptionPart(name: $0.environment ?? "", selections: [$0], patterns: []) }
            + streams(named: "")
    }

    /// For a broker that allows single documents only: up to 1,000 of them one by one, and a stream of the registry for each
    /// prefix and each environment of the others.
    var narrow: [SubscriptionPart] {
        let sorted = keys.sorted()
        let bound = Array(sorted.prefix(Self.bindingLimit))
        let rest = Set(sorted.dropFirst(bound.count).map(\.environment)).sorted()
        var parts = streams(named: "stream/")
        parts += rest.map { environment in
            SubscriptionPart(
                name: "stream/\(environment)", selections: [WatchSelection(services: [], environment: environment)],
                patterns: [])
        }
        guard !bound.isEmpty else { return parts }
        let boundEnvironments = Set(bound.map(\.environment)).sorted()
        let literals = SubscriptionPart(
            name: "", selections: Self.selections(of: bound, in: boundEnvironments),
            patterns: bound.map(RoutingKey.document))
        return [literals] + parts
    }

    private func streams(named start: String) -> [SubscriptionPart] {
        prefixes.map { prefix in
            SubscriptionPart(
                name: "\(start)\(prefix.environment)/\(prefix.service)", selections: [WatchSelection(prefix)],
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

    /// True when announcements of everything below a prefix are part of it.
    func covers(_ prefix: DocumentPrefix) -> Bool { selections.contains { $0.includes(prefix) } }
}

extension WatchSelection {
    /// All documents below a prefix.
    init(_ prefix: DocumentPrefix) { self.init(prefix: prefix.service, environment: prefix.environment) }

    /// True when everything below a prefix is selected.
    fileprivate func includes(_ other: DocumentPrefix) -> Bool {
        guard environment == nil || environment == other.environment else { return false }
        guard let prefix else { return services.isEmpty }
        return other.service == prefix || other.service.hasPrefix(prefix + ".")
    }
}
