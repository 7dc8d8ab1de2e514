import ConfigAccess
import ConfigModel
import ConfigStore
import TestSupport
import Testing

@testable import ConfigRegistry

@Suite("Refusals in the access log", .timeLimit(.minutes(1)))
struct RefusalLogTests {
    private let fixture = Fixture()

    private func note(_ log: RefusalLog, as name: String = "ci") {
        let principal = AccessAdministrationTests.principal(name, ["reader:a/prod"])
        log.note(
            "not-allowed", status: 403, action: "writeDocument", subject: "a/prod",
            to: AccessActor(principal, address: "192.0.2.1"))
    }

    private func entries() async throws -> [AccessLogEntry] {
        var query = AccessLogQuery()
        query.limit = 2_000
        return try await fixture.store.accessLog(query).entries
    }

    @Test func aThousandOfOneKindAreAtMostThreeEntriesThatCountAThousand() async throws {
        let registry = try await fixture.registry()
        for number in 0..<1_000 {
            note(registry.refusals)
            if number == 500 { #expect(await registry.refusals.write(endingAll: false)) }
        }
        #expect(await registry.refusals.write(endingAll: true))
        let entries = try await entries()
        #expect(entries.count <= 3 && entries.map(\.count).reduce(0, +) == 1_000)
        let first = try #require(entries.first { $0.count == 1 })
        #expect(first.count == 1 && first.identity == "ci" && first.tokenID == "t-ci" && first.subject == "a/prod")
        #expect(first.address == "192.0.2.1" && first.action == "writeDocument" && first.type == "not-allowed")
        #expect(registry.refusals.lost == 0)
    }

    @Test func theFirstIsWrittenWhileTheMinuteLasts() async throws {
        try await fixture.withRunningRegistry { registry in
            for _ in 0..<10 { note(registry.refusals) }
            try await eventually("an entry") { try await entries().count == 1 }
        }
        // The rest when the registry ends.
        #expect(try await entries().map(\.count).sorted() == [1, 9])
    }

    @Test func whatDoesNotFitIsCountedAndTheOldestStay() async throws {
        let registry = try await fixture.registry()
        for number in 0..<(RefusalLog.capacity + 7) { note(registry.refusals, as: "n\(number)") }
        #expect(registry.refusals.lost == 7)
        #expect(await registry.refusals.write(endingAll: true))
        let names = Set(try await entries().compactMap(\.identity))
        #expect(names.count == RefusalLog.capacity && names.contains("n0") && !names.contains("n1000"))
        note(registry.refusals, as: "later")
        #expect(await registry.refusals.write(endingAll: true))
        #expect(registry.refusals.lost == 7)
    }
}
