import ConfigModel
import ConfigRegistry
import TestSupport
import Testing

/// Registry `stale` has looked at the document before registry `other` changed it, and no event says so.
@Suite("A head that must be fresh", .timeLimit(.minutes(1)))
struct FreshHeadTests {
    @Test(arguments: [nil, 1, 2] as [Int64?])
    func comesFromAReadThatBeganAfterTheCall(minimumVersion: Int64?) async throws {
        let fixture = Fixture { $0.headLifetime = .seconds(3_600) }
        let (stale, other) = (try await fixture.registry(), try await fixture.registry())
        let key = try DocumentKey.named("parsing/prod")
        try await stale.publish(1, to: key)
        try await other.publish(2, to: key)
        #expect(try await stale.head(of: key)?.record.version == 1)
        let options = HeadOptions(minimumVersion: minimumVersion, isFresh: true)
        #expect(try await stale.head(of: key, options)?.record.version == 2)
    }
}
