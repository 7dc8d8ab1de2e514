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
        #expect(try plan(0).whole == nil && plan(0).byEnvironment.isEmpty)
    }
}
