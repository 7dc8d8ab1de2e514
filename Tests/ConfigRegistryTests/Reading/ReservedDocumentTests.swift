import ConfigModel
import ConfigStore
import EventBus
import TestSupport
import Testing

@testable import ConfigRegistry

@Suite("A document of a reserved environment", .timeLimit(.minutes(1)))
struct ReservedDocumentTests {
    private let fixture = Fixture()
    private let key: DocumentKey
    private let schema: DocumentKey

    init() throws {
        key = try .named("tenants.acme/prod")
        schema = try DocumentKey(service: "tenants.acme", reserved: "notes")
    }

    @Test func isWrittenAndReadLikeAnyOtherByThoseWhoNameIt() async throws {
        let registry = try await fixture.registry()
        try await registry.publish(1, to: schema)
        let second = try await registry.publish(2, to: schema).record
        #expect(try await registry.head(of: schema)?.record == second)
        #expect(try await registry.history(of: schema, limit: 9).count == 2)
        #expect(try await registry.heads(HeadQuery(environment: "~notes")).map(\.record) == [second])
        #expect(registry.counters.configsCreated == 0 && registry.counters.configsUpdated == 0)
    }

    @Test func isInNoListOfDocuments() async throws {
        let registry = try await fixture.registry()
        for key in [key, schema] { try await registry.publish(1, to: key) }
        for query in [
            HeadQuery(includesDeleted: true), HeadQuery(service: "tenants.acme"), HeadQuery(prefix: "tenants"),
        ] {
            #expect(try await registry.heads(query).map(\.record.key) == [key])
            #expect(try await registry.outlines(query).map(\.key) == [key])
        }
        #expect(await registry.health().store?.documents == 1)
    }

    static let filters = [
        WatchFilter(), WatchFilter(services: ["tenants.acme"]), WatchFilter(prefix: "tenants"),
        WatchFilter(services: ["tenants.acme"], prefix: "tenants"),
    ]

    @Test(arguments: filters)
    func isInNoWatchOfSeveralEnvironmentsNeitherAtFirstNorWhenItChanges(_ filter: WatchFilter) async throws {
        try await fixture.withRunningRegistry { registry in
            for key in [key, schema] { try await registry.publish(1, to: key) }
            try await registry.withWatch(filter, on: .immediate, onReady: {}) { watch in
                for key in [schema, key, schema] { try await registry.publish(2, to: key) }
                var seen: [VersionIdentity] = []
                try await eventually("the document's change is shown") {
                    while let item = watch.popFirst() {
                        if case .change(let head) = item { seen.append(head.identity) }
                    }
                    return seen.contains(VersionIdentity(key: key, version: 2))
                }
                #expect(seen.allSatisfy { $0.key == key }, "\(seen)")
            }
        }
    }

    @Test(arguments: [
        WatchFilter(environment: "~notes"), WatchFilter(services: ["tenants.acme"], environment: "~notes"),
        WatchFilter(prefix: "tenants", environment: "~notes"),
    ])
    func isWatchedByThoseWhoNameItsEnvironment(_ filter: WatchFilter) async throws {
        let registry = try await fixture.registry()
        for key in [key, schema] { try await registry.publish(1, to: key) }
        try await registry.withWatch(filter, on: .immediate, onReady: {}) { watch in
            for key in [key, schema] { try await registry.publish(2, to: key) }
            var seen: [VersionIdentity] = []
            while let item = watch.popFirst() {
                if case .change(let head) = item { seen.append(head.identity) }
            }
            #expect(seen == [VersionIdentity(key: schema, version: 2)])
        }
    }

    @Test func reachesNoSubscriberToConfigurations() async throws {
        try await fixture.withRunningRegistry { registry in
            try await fixture.bus.withSubscription(BusSubscription(patterns: ["config.#", "*.prod.#"])) { signals in
                for key in [schema, key] { try await registry.publish(1, to: key) }
                for await case .delivery(let delivery) in signals {
                    #expect(delivery.routingKey == "config.created")
                    #expect(try ConfigEvent(json: delivery.body).key == key)
                    return
                }
            }
        }
    }
}
