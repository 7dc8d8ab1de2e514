import ConfigModel
import ConfigSignatures
import TestSupport
import Testing

@testable import WatcherCore

@Suite("What the cache may do")
struct CacheTrustTests {
    private let now = Instant.now

    private func state(trusting signer: RecordSigner? = nil) throws -> WatchState {
        var options = WatchOptions()
        options.trust = Trust(keys: try signer.map { try TrustedKeys([$0.publicKey]) })
        var state = WatchState(
            key: try DocumentKey(parsing: "parsing/prod"), isOverlay: false, options: options, now: now)
        _ = state.receive(.started, at: now)
        _ = state.receive(.source(.mayHaveChanged(isFresh: false), state.key), at: now)
        return state
    }

    /// What runs after the registry was found to be away.
    private func versionWhenAway(_ state: inout WatchState) throws -> Int64? {
        let answer = SourceResponse.failed(SourceFailure("away"))
        for case .run(let job) in state.receive(.received(answer, try .plain(at: now)), at: now) {
            return job.layers.main?.version
        }
        return nil
    }

    @Test func whatLiesThereRunsWhenTheRegistryIsAway() throws {
        var state = try state()
        let cached = DocumentVersion(try TestHistory.numbered(3).version(3))
        _ = state.receive(.restored(CachedLayers(layers: DocumentLayers(main: cached), age: .zero)), at: now)
        #expect(try versionWhenAway(&state) == 3)
    }

    @Test func aFileOfAnotherDocumentNeverRuns() throws {
        var state = try state()
        let cached = DocumentVersion(try TestHistory.numbered(3, "other/prod").version(3))
        _ = state.receive(.restored(CachedLayers(layers: DocumentLayers(main: cached), age: .zero)), at: now)
        #expect(try versionWhenAway(&state) == nil)
    }

    @Test func anUnsignedFileNeverRunsWithTrustedKeysAlsoWhenSomethingArrivedBeforeItWasRead() throws {
        let signer = try RecordSigner.generate()
        var state = try state(trusting: signer)
        let history = try TestHistory.numbered(5, signer: signer)
        let arrived = state.receive(.source(.served(history.event(5)), history.key), at: now)
        let forged = DocumentVersion(try TestHistory.numbered(3).version(3))
        _ = state.receive(.restored(CachedLayers(layers: DocumentLayers(main: forged), age: .zero)), at: now)
        var job: ReloadJob?
        for case .run(let next) in arrived { job = next }
        // The version that arrived is refused: what lies in the cache would be next.
        let report = ReloadReport(
            job: try #require(job), verdict: .refused(reason: "no"), contentHash: nil, handlers: [], warnings: [],
            finishedAt: Timestamp(milliseconds: 0), times: ReloadTimes())
        let next = state.receive(.finished(report), at: now)
        #expect(!next.contains { if case .run = $0 { true } else { false } })
    }
}
