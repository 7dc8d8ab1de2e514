import AsyncSupport
import ConfigModel
import Dispatch
import TestSupport
import Testing

@testable import ConfigWatcher
@testable import RegistrySource
@testable import WatcherCore

@Suite("Decoding and validators that do not return", .timeLimit(.minutes(1)))
struct HangingContentTests {
    private let gate = DispatchSemaphore(value: 0)
    private let options = WatcherOptions(validationTimeout: .milliseconds(60), pollInterval: .seconds(3_600))

    /// A decoder whose thread stands still for these versions, until the gate opens.
    private func decoder(hangingAt versions: ClosedRange<Int64>) -> ConfigDecoder<Numbered> {
        let plain = ConfigDecoder<Numbered>.json(.convertFromSnakeCase)
        return ConfigDecoder { [gate] input in
            if let version = input.layers.main?.version, versions.contains(version), input.key.service == "parsing" {
                gate.wait()
            }
            return try plain.decode(input)
        }
    }

    /// A group in which one document of two has a decoder that hangs.
    private func withGroup(
        hangingAt versions: ClosedRange<Int64>,
        _ body: (
            _ scene: WatcherScene, _ parsing: ConfigWatcher<Numbered>, _ other: ConfigWatcher<Numbered>,
            _ group: WatcherGroup
        ) async throws -> Void
    ) async throws {
        let scene = WatcherScene()
        let group = WatcherGroup(reading: scene.registry, events: .bus(scene.bus), options: options)
        let decoder = decoder(hangingAt: versions)
        let parsing = group.add(try DocumentKey(parsing: "parsing/prod"), decoder, nil) { _ in }
        let other = group.add(try DocumentKey(parsing: "other/prod"), decoder, nil) { _ in }
        defer { for _ in versions { gate.signal() } }
        try await running(group) { try await body(scene, parsing, other, group) }
    }

    @Test func aVersionWhoseDecodingHangsIsRejectedAfterItsTimeTheOthersAreNotHeldUpAndTheNextIsApplied() async throws {
        var (history, others) = (try TestHistory.numbered(1), try TestHistory.numbered(1, "other/prod"))
        try await withGroup(hangingAt: 2...2) { scene, parsing, other, _ in
            var outcomes = parsing.outcomes.makeAsyncIterator()
            for record in [history.version(1), others.version(1)] { try await scene.publish(record) }
            _ = try await outcome(.applied, 1, in: &outcomes)
            try await scene.publish(try history.publish("{\"n\":2}"))
            try await scene.publish(try others.publish("{\"n\":2}"))
            try await eventually("the other document") { other.current.version == 2 }
            let rejected = try await outcome(.rejected, 2, in: &outcomes)
            #expect(rejected.reason == "Decoding did not end within 60 ms.")
            #expect(rejected.times.map { $0.load >= .milliseconds(60) } == true)
            #expect(parsing.current.value == Numbered(n: 1) && parsing.statistics.validationFailures == 1)
            try await scene.publish(try history.publish("{\"n\":3}"))
            _ = try await outcome(.applied, 3, in: &outcomes)
        }
    }

    @Test func afterManyThatHangAGoodOneIsAppliedAllTheSame() async throws {
        var history = try TestHistory.numbered(1)
        try await withGroup(hangingAt: 2...5) { scene, parsing, _, _ in
            var outcomes = parsing.outcomes.makeAsyncIterator()
            try await scene.publish(history.version(1))
            for version in 2...6 {
                try await scene.publish(try history.publish("{\"n\":\(version)}"))
                let kind: Outcome.Kind = version < 6 ? .rejected : .applied
                let end = try await outcome(kind, Int64(version), in: &outcomes)
                #expect(end.reason?.contains("within 60 ms") ?? true)
            }
        }
    }

    /// Each document has room for three, whatever the others have.
    @Test func whenAllHaveTooManyThatHangTheNextIsNotDecodedUntilOneReturns() async throws {
        let history = try TestHistory.numbered(5)
        let lanes = DecodeLanes(mostLeftBehind: 3)
        let pipelines = try ["parsing/prod", "parsing/dev"].map { key in
            ReloadPipeline(
                key: try DocumentKey(parsing: key), isOverlay: false, decoder: decoder(hangingAt: 1...4), lanes: lanes,
                schema: nil, policy: .all, validationTimeout: .milliseconds(20), logger: nil)
        }
        defer { for _ in 1...6 { gate.signal() } }
        for pipeline in pipelines {
            for version in 1...4 {
                let layers = DocumentLayers(main: DocumentVersion(history.version(version)))
                let report = await pipeline.reload(ReloadJob(number: version, kind: .reload, layers: layers)).report
                guard case .refused(reason: let reason, isTransient: true, kind: _) = report.verdict else {
                    #expect(version < 4)
                    continue
                }
                #expect(version == 4 && reason.contains("3 earlier versions"))
            }
        }
        let good = ReloadJob(
            number: 5, kind: .reload, layers: DocumentLayers(main: DocumentVersion(history.version(5))))
        for pipeline in pipelines {
            let report = await pipeline.reload(good).report
            #expect(report.verdict != .applied)
        }
        for _ in 1...6 { gate.signal() }
        try await eventually("decoded") { await pipelines[0].reload(good).report.verdict == .applied }
    }

    @Test func aValidatorThatHangsRefusesTheVersionAndTheNextIsApplied() async throws {
        var history = try TestHistory.numbered(1)
        let scene = WatcherScene(history.head)
        let watcher = try scene.watcher(options: options)
        let door = Door()
        watcher.validate("deaf") { value in
            if value.n == 2 { await door.wait() }
            return .valid
        }
        watcher.validate("other") { value in value.n == 2 ? .invalid("two") : .valid }
        var outcomes = watcher.outcomes.makeAsyncIterator()
        try await running(watcher) {
            _ = try await outcome(.applied, 1, in: &outcomes)
            try await scene.publish(try history.publish("{\"n\":2}"))
            let rejected = try await outcome(.rejected, 2, in: &outcomes)
            #expect(rejected.reason == "deaf: It did not return within 60 ms. other: two")
            #expect(rejected.times.map { $0.validate >= .milliseconds(60) } == true)
            try await scene.publish(try history.publish("{\"n\":3}"))
            _ = try await outcome(.applied, 3, in: &outcomes)
            door.open()
        }
    }

    @Test func callsThatStandStillGiveTheirPlacesToTheNext() async {
        let lanes = DecodeLanes(width: 1)
        await withTaskGroup(of: Int?.self) { group in
            for _ in 1...3 {
                group.addTask { [gate] in
                    await lanes.run(within: .seconds(60), into: Completion()) {
                        gate.wait()
                        return 0
                    }
                }
            }
            let other = await lanes.run(within: .seconds(60), into: Completion()) { 1 }
            #expect(other == 1)
            for _ in 1...3 { gate.signal() }
            for await result in group { #expect(result == 0) }
        }
    }

    @Test func aCallThatIsLeftBehindEndsByItselfAndOneThatIsCancelledToo() async throws {
        let lanes = DecodeLanes(width: 1)
        let left = Completion<Int>()
        let late = await lanes.run(within: .milliseconds(1), into: left) { [gate] in
            gate.wait()
            return 1
        }
        #expect(late == nil && left.current == nil)
        let cancelled = Task { [gate] in
            await lanes.run(within: .seconds(600), into: Completion()) {
                gate.wait()
                return 2
            }
        }
        cancelled.cancel()
        let result = await cancelled.value
        #expect(result == nil)
        gate.signal()
        gate.signal()
        let value = await left.wait()
        #expect(value == 1)
    }
}
