import ConfigStore
import TestSupport
import Testing

@testable import MongoStore

@Suite(
    .enabled(if: MongoDatabase.isThere, "\(ServiceEnvironment.mongodbMissing)"), .timeLimit(.minutes(1)))
struct MongoAnchorTests {
    /// The first of all finds nothing to raise, and another is the first to write before it looks again.
    @Test(arguments: [(1, 2), (2, 1), (2, 2)] as [(Int64, Int64)])
    func theHigherStaysOfTwoFirst(_ slow: Int64, _ quick: Int64) async throws {
        try await MongoDatabase.withProxy(retryWrites: true) { store, proxy in
            let anchors = [slow, quick].map { AuditAnchor(log: "default", count: $0, checkpoint: Array("\($0)".utf8)) }
            let higher = slow > quick ? anchors[0] : anchors[1]
            proxy.holdNextRequest(with: "find\u{0}")
            async let raised = store.raiseAnchor(anchors[0])
            try await eventually("the slow one looks") { proxy.isHolding }
            #expect(try await store.raiseAnchor(anchors[1]) == anchors[1])
            proxy.release()
            #expect(try await raised == higher)
            #expect(try await store.anchor(of: "default") == higher)
        }
    }
}
