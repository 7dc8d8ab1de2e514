import ConfigModel
import ConfigRegistry
package import ConfigStore
import EventBus
import Logging
import Testing

/// A store of three documents with two versions each, of which version 2 of `bad/prod` is damaged, and a registry on it.
package struct DamagedVersionScene: Sendable {
    /// What was done to the version.
    package struct Damage: Sendable {
        /// What is said to be wrong.
        package let reason: String
        /// True when only a look at the content shows it.
        package var isOfContent = false
        /// True when nothing can be chained to what is left.
        package var losesRecordHash = false

        package init(reason: String, isOfContent: Bool = false, losesRecordHash: Bool = false) {
            self.reason = reason
            self.isOfContent = isOfContent
            self.losesRecordHash = losesRecordHash
        }
    }

    package static let badName = "bad/prod"
    static let goodNames = ["a/prod", "tenants.c/prod"]

    let store: any RegistryStore
    let registry: Registry
    let damage: Damage
    let bad: DocumentKey
    let good: [DocumentKey]

    /// Fills a new store.
    package static func fill(_ store: any RegistryStore) async throws {
        let check = VersionStoreConformance(store: store)
        for name in goodNames + [badName] {
            var chain = try VersionChain(name)
            try await check.stored([chain.next(#"{"n":1}"#), chain.next(#"{"n":2}"#)])
        }
    }

    /// Checks all that is to go on, after the version was damaged behind the store's back.
    package static func verify(_ store: any RegistryStore, _ damage: Damage) async throws {
        var options = RegistryOptions()
        options.sweepAge = .zero
        options.sweepPeriod = .milliseconds(20)
        options.resyncPeriod = .milliseconds(20)
        options.damageCheckPeriod = .milliseconds(20)
        let registry = Registry(
            store: store, bus: InProcessBus(exchange: "damage"), options: options, logger: .silent)
        try await registry.start()
        let scene = DamagedVersionScene(
            store: store, registry: registry, damage: damage, bad: try DocumentKey(parsing: badName),
            good: try goodNames.map { try DocumentKey(parsing: $0) })
        for behaviour in DamagedVersionBehaviour.allCases {
            do {
                try await behaviour.verify(in: scene)
            } catch {
                Issue.record("\(behaviour): \(error)")
            }
        }
    }
}

/// What goes on beside a damaged version, in the order in which it is checked.
package enum DamagedVersionBehaviour: CaseIterable {
    case readsOfIt
    case readsOfOthers
    case lists
    case listsOfOthers
    case outlines
    case batches
    case histories
    case comparisons
    case streams
    case statistics
    case sweeper
    case health
    case patches
    case creations
    case publishing

    func verify(in scene: DamagedVersionScene) async throws {
        switch self {
        case .readsOfIt: try await scene.readsOfIt()
        case .readsOfOthers: try await scene.readsOfOthers()
        case .lists: try await scene.lists()
        case .listsOfOthers: try await scene.listsOfOthers()
        case .outlines: try await scene.outlines()
        case .batches: try await scene.batches()
        case .histories: try await scene.histories()
        case .comparisons: try await scene.comparisons()
        case .streams: try await scene.streams()
        case .statistics: try await scene.statistics()
        case .sweeper: try await scene.sweeper()
        case .health: try await scene.health()
        case .patches: try await scene.patches()
        case .creations: try await scene.creations()
        case .publishing: try await scene.publishing()
        }
    }
}
