import ConfigWatcher
import TestSupport
import Testing

/// What holds for every source: files, a directory, a registry's stream, a registry that is polled, and a bus.
@Suite("A watcher over each source", .timeLimit(.minutes(2)))
struct SourceConformanceTests {
    @Test(arguments: SourceKind.allCases)
    func theSameServiceFollowsEachSource(kind: SourceKind) async throws {
        try await kind.with { scene in
            try await scene.publish(1)
            // From here on nothing depends on where the document comes from.
            let calls = CallLog()
            let watcher = try scene.watcher()
            watcher.onReload("limit") { old, new in calls.add("\(old?.n ?? 0) -> \(new.n)") }
            try await running(watcher) {
                let first = try await watcher.ready()
                #expect(first.value == Numbered(n: 1) && watcher.state == .current)
                try await scene.publish(2)
                try await eventually("2") { watcher.current.value?.n == 2 }
                #expect(watcher.current.version > first.version)
                #expect(calls.entries == ["0 -> 1", "1 -> 2"])
                let nothing = try await watcher.reload()
                #expect(nothing == nil, "there is nothing newer")
            }
            #expect(watcher.state == .stopped)
        }
    }

    @Test(arguments: SourceKind.allCases)
    func aDocumentThatComesLaterIsApplied(kind: SourceKind) async throws {
        try await kind.with { scene in
            let group = WatcherGroup(source: scene.source, logger: nil)
            let conditions = CallLog()
            group.observeConditions { conditions.add("\($0)") }
            let watcher = try group.watch(Numbered.self, key: "a/prod")
            try await running(group) {
                try await eventually("missing") { conditions.entries.contains { $0.hasPrefix("missing") } }
                #expect(watcher.state == .starting)
                try await scene.publish(1)
                let value = try await watcher.ready().value
                #expect(value == Numbered(n: 1))
            }
        }
    }

    @Test(arguments: SourceKind.allCases)
    func ofManyChangesTheLastOneRuns(kind: SourceKind) async throws {
        try await kind.with { scene in
            try await scene.publish(1)
            let watcher = try scene.watcher()
            try await running(watcher) {
                _ = try await watcher.ready()
                for number in 2...30 { try await scene.publish(number) }
                try await eventually("30") { watcher.current.value?.n == 30 }
                #expect(watcher.statistics.failures == 0)
            }
        }
    }

    @Test(arguments: SourceKind.allCases)
    func whatAValidatorRefusesLeavesWhatRanAndTheNextIsApplied(kind: SourceKind) async throws {
        try await kind.with { scene in
            try await scene.publish(1)
            let watcher = try scene.watcher()
            watcher.validate("even") { $0.n % 2 == 0 || $0.n == 1 ? .valid : .invalid("odd") }
            let log = outcomes(of: watcher)
            try await running(watcher) {
                _ = try await watcher.ready()
                try await scene.publish(3)
                try await eventually("rejected") { log.entries.contains("rejected") }
                #expect(watcher.current.value?.n == 1 && watcher.state == .rejected)
                try await scene.publish(4)
                try await eventually("4") { watcher.current.value?.n == 4 }
            }
        }
    }

    @Test(arguments: SourceKind.allCases)
    func aDeletionIsReportedOnceAndWhatComesBackIsAppliedAlsoWhenItIsTheSame(kind: SourceKind) async throws {
        try await kind.with { scene in
            try await scene.publish(1)
            let watcher = try scene.watcher()
            let log = outcomes(of: watcher)
            try await running(watcher) {
                _ = try await watcher.ready()
                try await scene.delete()
                try await eventually("deleted") { log.entries.contains("deleted") }
                #expect(watcher.current.value?.n == 1 && watcher.state == .stale)
                try await scene.publish(1)
                try await eventually("applied again") { log.entries == ["applied", "deleted", "applied"] }
            }
        }
    }

    @Test(arguments: SourceKind.allCases)
    func whilePausedNothingIsAppliedAndALocalRollbackStaysUntilSomethingNewerComes(kind: SourceKind) async throws {
        try await kind.with { scene in
            try await scene.publish(1)
            let watcher = try scene.watcher()
            try await running(watcher) {
                let first = try await watcher.ready().version
                watcher.pause()
                try await scene.publish(2)
                let nothing = try await watcher.reload()
                #expect(nothing == nil && watcher.state == .paused && watcher.current.value?.n == 1)
                watcher.resume()
                try await eventually("2") { watcher.current.value?.n == 2 }
                let outcome = try await watcher.rollback(to: .version(first))
                #expect(outcome?.kind == .rolledBack && watcher.current.value?.n == 1 && watcher.state == .pinned)
                try await scene.publish(3)
                try await eventually("3") { watcher.current.value?.n == 3 }
            }
        }
    }

    @Test(arguments: SourceKind.allCases.filter { $0 != .file })
    func documentsComeAndGoInAGroup(kind: SourceKind) async throws {
        try await kind.with { scene in
            for key in ["a/prod", "b/prod", "b/dev"] { try await scene.publish(1, key) }
            let group = WatcherGroup(source: scene.source, logger: nil)
            let first = try group.watch(Numbered.self, key: "a/prod")
            try await running(group) {
                _ = try await first.ready()
                let others = try ["b/prod", "b/dev"].map { try group.watch(Numbered.self, key: $0) }
                for other in others { _ = try await other.ready() }
                group.remove(first)
                try await scene.publish(2, "b/dev")
                try await eventually("2") { others[1].current.value?.n == 2 }
                #expect(others[0].current.value?.n == 1)
                let again = try await group.watch(Numbered.self, key: "a/prod").ready().value
                #expect(again == Numbered(n: 1))
            }
        }
    }

    /// The kinds of the outcomes, as they come.
    private func outcomes(of watcher: ConfigWatcher<Numbered>) -> CallLog {
        let (log, outcomes) = (CallLog(), watcher.outcomes)
        Task { for await outcome in outcomes { log.add(outcome.kind.rawValue) } }
        return log
    }
}
