import ConfigModel
import TestSupport
import Testing

@testable import WatcherCore

@Suite("History and statistics")
struct HistoryTests {
    private let now = Instant.now
    private let key: DocumentKey
    private let options = WatchOptions(pollInterval: .seconds(3_600))

    init() throws { key = try DocumentKey(parsing: "parsing/prod") }

    /// A watcher's decisions whose reads and reloads end at once.
    fileprivate struct Scene {
        var state: WatchState
        var history: TestHistory
        let now: Instant
        /// Versions that handlers refuse, and such that are not valid.
        var refused: Set<Int64> = []
        var invalid: Set<Int64> = []
        var head: DocumentVersion?

        mutating func receive(_ input: WatchInput) {
            for action in state.receive(input, at: now, date: Timestamp(milliseconds: 1_790_000_000_000)) {
                switch action {
                case .read(let request):
                    let response = head.map { SourceResponse.version($0) } ?? .unknown
                    receive(.received(response, request))
                case .run(let job): receive(.finished(report(job)))
                default: break
                }
            }
        }

        private func report(_ job: ReloadJob) -> ReloadReport {
            let version = job.layers.main?.version ?? 0
            let verdict: ReloadReport.Verdict =
                refused.contains(version)
                ? .refused(reason: "no") : invalid.contains(version) ? .invalid(reason: "not valid") : .applied
            return ReloadReport(
                job: job, verdict: verdict, contentHash: job.layers.main?.content.hash,
                handlers: [HandlerOutcome(name: "pool", result: verdict == .applied ? .success : .failed)],
                warnings: version == 3 ? ["odd"] : [], finishedAt: Timestamp(milliseconds: 1_790_000_000_900),
                times: ReloadTimes(
                    load: .milliseconds(2), validate: .milliseconds(1), apply: .milliseconds(version),
                    total: .milliseconds(version + 4)))
        }

        mutating func publish() throws {
            try history.publish("{\"n\":\(history.records.count + 1)}")
            head = history.head.map { DocumentVersion($0) }
        }

        mutating func event() { receive(.source(.mayHaveChanged(isFresh: true), state.key)) }
    }

    private func scene(history capacity: Int = 100) throws -> Scene {
        var options = options
        options.history = capacity
        var scene = Scene(
            state: WatchState(key: key, isOverlay: false, options: options, now: now),
            history: try TestHistory("parsing/prod"), now: now)
        scene.receive(.started)
        return scene
    }

    @Test func whatHasNotLoadedAnythingHasNoHistoryAndNoAverages() throws {
        let state = try scene().state
        #expect(state.history(limit: 100).isEmpty)
        let statistics = state.statistics
        #expect(statistics.successRate == nil && statistics.averageReloadDuration == nil)
        #expect(statistics.slowReloadDuration == nil && statistics.lastReloadAt == nil)
        #expect("\(statistics)" == "Nothing was loaded yet. 0 reads.")
    }

    @Test func anOperationSaysWhatWasTriedWhyWhatCameOfItAndHowLongItTook() throws {
        var scene = try scene()
        for _ in 1...3 {
            try scene.publish()
            scene.event()
        }
        let operations = scene.state.history(limit: 100)
        #expect(operations.map(\.version) == [3, 2, 1])
        #expect(operations.map(\.trigger) == [.event, .event, .start])
        #expect(operations.map(\.fromVersion) == [2, 1, nil])
        let newest = try #require(operations.first)
        #expect(newest.status == .applied && newest.attempt == 1 && newest.defaultVersion == nil)
        #expect(newest.warnings == ["odd"] && newest.handlers.map(\.description) == ["pool: success"])
        #expect(newest.times.load == .milliseconds(2) && newest.times.validate == .milliseconds(1))
        #expect(newest.times.apply == .milliseconds(3) && newest.times.total == .milliseconds(7))
        #expect(newest.startedAt.milliseconds == 1_790_000_000_893)
        #expect(
            "\(newest)"
                == "2026-09-21T14:13:20.893Z event: version 3 applied (before: 2) in 7 ms (load 2 ms, validate 1 ms, "
                + "apply 3 ms); pool: success")
    }

    @Test func itsJSONHasTheNamesAndTypesThatEndpointsShow() throws {
        var scene = try scene()
        try scene.publish()
        scene.event()
        let operation = try #require(scene.state.history(limit: 1).first)
        let text = String(decoding: JSONValue.object(operation.json).canonicalBytes, as: UTF8.self)
        #expect(UUIDText.isWellFormed(operation.id))
        #expect(
            text == """
                {"apply_ms":1.0,"attempt":1,"default_version":null,"from_version":null,"handlers":["pool: success"],\
                "id":"\(operation.id)","load_ms":2.0,"reason":null,"started_at":"2026-09-21T14:13:20.895Z",\
                "status":"applied","total_ms":5.0,"trigger":"start","validate_ms":1.0,"version":1,"warnings":[]}
                """)
    }

    @Test(arguments: [
        (ReloadTrigger.manual, false), (.api, false), (.signal, true), (.manual, true),
    ])
    func aReloadIsNamedAfterWhatRequestedIt(trigger: ReloadTrigger, isRefresh: Bool) throws {
        var scene = try scene()
        try scene.publish()
        scene.event()
        try scene.publish()
        scene.receive(
            isRefresh ? .refresh(trigger) : .command(.reload(isForced: false, trigger: trigger, ticket: 1)))
        #expect(scene.state.history(limit: 1).map(\.trigger) == [trigger])
    }

    @Test func whatThePollFoundIsNamedSoAndSoIsAFile() throws {
        var options = options
        options.sourceTrigger = .file
        var scene = Scene(
            state: WatchState(key: key, isOverlay: false, options: options, now: now),
            history: try TestHistory("parsing/prod"), now: now)
        scene.receive(.started)
        for _ in 1...2 {
            try scene.publish()
            scene.event()
        }
        #expect(scene.state.history(limit: 1).map(\.trigger) == [.file])
        try scene.publish()
        let later = now + .seconds(2 * 3_600)
        let request = scene.state.receive(.tick, at: later).compactMap(\.request).first
        let job = scene.state.receive(
            .received(.version(try #require(scene.head)), try #require(request)), at: later
        ).compactMap(\.job).first
        #expect(job?.trigger == .poll)
    }

    /// 150 operations of every kind.
    @Test func theLastHundredAreKeptNewestFirstAndTheirSumsAreThoseOfTheStatistics() throws {
        var scene = try scene(history: 10_000)
        var small = try self.scene()
        for number in 1...150 {
            try scene.step(number)
            try small.step(number)
        }
        let operations = scene.state.history(limit: .max)
        let statistics = scene.state.statistics
        #expect(operations.count >= 150)
        func count(_ status: ReloadOperation.Status) -> Int { operations.count { $0.status == status } }
        #expect(count(.applied) + count(.rolledBack) == statistics.successes)
        #expect(count(.rejected) == statistics.failures + statistics.refusals)
        #expect(count(.rolledBack) == statistics.rollbacks && statistics.rollbacks > 5)
        #expect(count(.deleted) == statistics.deletions && statistics.deletions > 5)
        #expect(statistics.reloads == statistics.successes + statistics.failures)
        #expect(statistics.successRate == Double(statistics.successes) / Double(statistics.reloads))
        #expect(Set(operations.map(\.id)).count == operations.count)

        let kept = small.state.history(limit: .max)
        #expect(kept.count == 100)
        #expect(kept.map(\.version) == operations.prefix(100).map(\.version))
        #expect(kept.map(\.status) == operations.prefix(100).map(\.status))
        #expect(small.state.history(limit: 7) == Array(kept.prefix(7)))
        #expect(small.state.history(limit: 0).isEmpty && small.state.history(limit: -1).isEmpty)
        let durations = kept.filter { $0.times.total > .zero }.map(\.times.total)
        #expect(small.state.statistics.averageReloadDuration == durations.reduce(.zero, +) / durations.count)
        #expect(small.state.statistics.slowReloadDuration == durations.max())
        #expect(small.state.statistics.lastReloadDuration == durations.first)
    }

    @Test(arguments: [1, 2, 3])
    func aShortHistoryKeepsTheNewest(capacity: Int) throws {
        var scene = try scene(history: capacity)
        for _ in 1...7 {
            try scene.publish()
            scene.event()
        }
        #expect(scene.state.history(limit: 100).map(\.version) == Array([7, 6, 5].prefix(capacity)))
    }

    /// The figure that the documentation names.
    @Test func oneOperationTakesEightyBytes() {
        #expect(MemoryLayout<OperationLog.Entry>.stride == 80)
    }
}

extension HistoryTests.Scene {
    /// One of many kinds of operation.
    fileprivate mutating func step(_ number: Int) throws {
        switch number % 10 {
        case 2: return receive(.command(.reload(isForced: true, trigger: .api, ticket: number)))
        case 3: refused.insert(Int64(history.records.count + 1))
        case 5: invalid.insert(Int64(history.records.count + 1))
        case 7:
            try history.delete()
            head = history.head.map { DocumentVersion($0) }
            return event()
        case 8 where number > 10: return receive(.command(.rollback(to: .previous, ticket: number)))
        default: break
        }
        try publish()
        event()
    }
}
