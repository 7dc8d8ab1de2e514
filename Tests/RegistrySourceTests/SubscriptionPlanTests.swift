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
