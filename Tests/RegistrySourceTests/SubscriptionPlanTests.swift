import ConfigModel
import RegistryAPI
import RegistryClient
import Testing

@testable import RegistrySource

@Suite("What has to be subscribed to")
struct SubscriptionPlanTests {
    private func plan(_ count: Int) throws -> SubscriptionPlan {
        SubscriptionPlan(
            try (0..<count).map {
                try DocumentKey(service: "s\($0)", environment: $0.isMultiple(of: 2) ? "prod" : "test")
            })
    }

    @Test func upTo64DocumentsAreNamedOneByOne() throws {
        #expect(try plan(64).patterns.count == 64)
        #expect(try plan(64).patterns.contains("config.prod.s0"))
        #expect(try plan(2).selections.map(\.services) == [["s0"], ["s1"]])
    }

    @Test func moreAreCoveredByOnePatternForEachEnvironment() throws {
        #expect(try plan(65).patterns == ["config.prod.#", "config.test.#"])
        #expect(try plan(65).selections.allSatisfy(\.services.isEmpty))
    }

    private func prefix(_ service: String, _ environment: String = "prod") throws -> DocumentPrefix {
        try DocumentPrefix(service: service, environment: environment)
    }

    @Test func prefixesAreBoundByTheirPatternsAndTheDocumentsBelowNoneByThemselves() throws {
        let keys = ["tenants/prod", "tenants.a/prod", "tenants.a/test", "tenants2/prod"].map {
            try? DocumentKey(parsing: $0)
        }
        let plan = SubscriptionPlan(keys.compactMap(\.self), below: [try prefix("tenants"), try prefix("tenants.a.b")])
        #expect(plan.patterns == ["config.prod.tenants2", "config.test.tenants.a", "config.prod.tenants.#"])
        #expect(plan.whole?.isWide == true)
        #expect(try plan.whole?.covers(prefix("tenants.a.b")) == true && plan.whole?.covers(prefix("others")) == false)
        #expect(plan.byEnvironment.map(\.name) == ["prod", "test", "prod/tenants"])
        #expect(
            plan.byEnvironment.last?.selections == [WatchSelection(prefix: "tenants", environment: "prod")])
    }

    @Test func aPrefixAloneIsOnePattern() throws {
        let plan = SubscriptionPlan([], below: [try prefix("tenants.acme")])
        #expect(plan.patterns == ["config.prod.tenants.acme.#"] && plan.byEnvironment.count == 1)
    }

    @Test func moreThan64DocumentsBelowNoPrefixNeedTheirEnvironmentThoseBelowOneDoNot() throws {
        let below = try (0..<1_000).map { try DocumentKey(parsing: "tenants.t\($0)/prod") }
        let plan = SubscriptionPlan(below, below: [try prefix("tenants")])
        #expect(plan.patterns == ["config.prod.tenants.#"])
        let others = try (0..<65).map { try DocumentKey(parsing: "s\($0)/test") }
        #expect(
            SubscriptionPlan(below + others, below: [try prefix("tenants")]).patterns
                == ["config.test.#", "config.prod.tenants.#"])
    }

    @Test func atABrokerThatAllowsSingleDocumentsOnlyAPrefixIsFollowedOverTheRegistrysStream() throws {
        let keys = ["tenants.a/prod", "s/prod"].map { try? DocumentKey(parsing: $0) }
        let parts = SubscriptionPlan(keys.compactMap(\.self), below: [try prefix("tenants")]).narrow
        #expect(parts.map(\.name) == ["", "stream/prod/tenants"])
        #expect(parts[0].patterns == ["config.prod.s"] && parts[1].patterns.isEmpty)
    }

    @Test func aPartCoversTheDocumentsThatItNamesOrAllOfItsEnvironment() throws {
        let (added, elsewhere) = (try DocumentKey(parsing: "s900/prod"), try DocumentKey(parsing: "s0/dev"))
        #expect(try plan(2).whole?.covers(added) == false)
        #expect(try plan(65).whole?.covers(added) == true && plan(65).whole?.covers(elsewhere) == false)
        #expect(try plan(65).byEnvironment.filter { $0.covers(added) }.map(\.name) == ["prod"])
    }

    @Test func withoutDocumentsThereIsNothingToSubscribeTo() throws {
        #expect(try plan(0).whole == nil && plan(0).byEnvironment.isEmpty && plan(0).narrow.isEmpty)
    }

    @Test func atABrokerThatAllowsSingleDocumentsOnlyTheyAreNamedOneByOneAllOfThemUpTo1_000() throws {
        let part = try #require(try plan(1_000).narrow.first)
        #expect(try plan(1_000).narrow.count == 1)
        #expect(part.patterns.count == 1_000 && !part.isWide && part.patterns.allSatisfy { !$0.contains("#") })
        #expect(try part.covers(DocumentKey(parsing: "s7/test")) && !part.covers(DocumentKey(parsing: "s900/prod2")))
        #expect(try !part.covers(DocumentKey(parsing: "s1000/prod")))
        #expect(try plan(65).whole?.isWide == true && plan(64).whole?.isWide == false)
    }

    /// In key order, so that it is always the same ones.
    @Test func whatIsMoreThan1_000IsFollowedOverTheRegistrysStreamsOneForEachEnvironment() throws {
        let parts = try plan(1_003).narrow
        #expect(parts.map(\.name) == ["", "stream/test"])
        #expect(parts[0].patterns.count == 1_000 && parts[1].patterns.isEmpty)
        for index in 0..<1_003 {
            let key = try DocumentKey(service: "s\(index)", environment: index.isMultiple(of: 2) ? "prod" : "test")
            #expect(parts.contains { $0.covers(key) })
        }
    }
}
