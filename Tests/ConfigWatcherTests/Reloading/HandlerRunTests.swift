import AsyncSupport
import ConfigModel
import FoundationEssentials
import TestSupport
import Testing

@testable import ConfigWatcher
@testable import WatcherCore

@Suite("Handlers", .timeLimit(.minutes(1)))
struct HandlerRunTests {
    private struct Broken: Error, CustomStringConvertible {
        let description = "broken"
    }

    /// An error with a text for people, as Foundation has it.
    private struct Localized: LocalizedError {
        let errorDescription: String? = "no room in the pool"
    }

    private let log = CallLog()

    private func run(
        _ policy: HandlerPolicy = .all, stuck: StuckCalls<Int> = StuckCalls(), old: Int? = 1,
        _ register: (inout ReloadHooks<Int>) -> Void
    ) async -> HandlerRun<Int>.Summary {
        var hooks = ReloadHooks<Int>()
        register(&hooks)
        return await HandlerRun(policy: policy, stuck: stuck).call(hooks.handlers, old: old, new: 2)
    }

    /// A handler that writes down its calls; it throws on the way to 2 when it `fails`.
    private func handler(_ name: String, fails: Bool = false) -> @Sendable (Int?, Int) async throws -> Void {
        { [log] old, new in
            log.add("\(name) \(old.map(String.init) ?? "nil")>\(new)")
            if fails, new == 2 { throw Broken() }
        }
    }

    @Test func higherPriorityFirstEqualsInTheOrderOfRegistration() async {
        let summary = await run { hooks in
            hooks.addHandler("low", priority: -1, timeout: .seconds(5), path: nil, undoes: true, handler("low"))
            hooks.addHandler("a", priority: 5, timeout: .seconds(5), path: nil, undoes: true, handler("a"))
            hooks.addHandler("b", priority: 5, timeout: .seconds(5), path: nil, undoes: true, handler("b"))
            hooks.addHandler("high", priority: 9, timeout: .seconds(5), path: nil, undoes: true, handler("high"))
        }
        #expect(log.entries == ["high 1>2", "a 1>2", "b 1>2", "low 1>2"])
        #expect(summary.refusal == nil)
        #expect(summary.outcomes.map(\.description) == ["high: success", "a: success", "b: success", "low: success"])
    }

    @Test func aThrowUndoesTheFailedOneFirstThenThoseBeforeItInReverse() async {
        let summary = await run { hooks in
            for name in ["a", "b", "c", "d"] {
                hooks.addHandler(
                    name, priority: 0, timeout: .seconds(5), path: nil, undoes: true, handler(name, fails: name == "c"))
            }
        }
        #expect(log.entries == ["a 1>2", "b 1>2", "c 1>2", "c 2>1", "b 2>1", "a 2>1"])
        #expect(summary.refusal == "Refused by handler 'c': broken")
        #expect(summary.outcomes.map(\.description) == ["a: success", "b: success", "c: failed"])
    }

    @Test func theTextOfALocalizedErrorIsTheReason() async {
        let summary = await run { hooks in
            hooks.addHandler("pool", priority: 0, timeout: .seconds(5), path: nil, undoes: true) { _, new in
                if new == 2 { throw Localized() }
            }
        }
        #expect(summary.refusal == "Refused by handler 'pool': no room in the pool")
    }

    @Test func aTimeLimitIsNamedAsAPersonWritesIt() async {
        let summary = await run { hooks in
            hooks.addHandler("slow", priority: 0, timeout: .milliseconds(50), path: nil, undoes: true) { _, new in
                if new == 2 { try await Task.sleep(for: .seconds(600)) }
            }
        }
        #expect(summary.outcomes.first?.reason == "It did not return within 50 ms.")
    }

    @Test func aCallThatMakesVersionsTakeEffectAndHasNotReturnedRefusesTheNextWhichIsTriedAgain() async throws {
        let stuck = StuckCalls<Int>()
        let gate = Completion<Void>()
        let register: (inout ReloadHooks<Int>) -> Void = { hooks in
            hooks.addHandler("apply", priority: 0, timeout: .milliseconds(10), path: nil, undoes: false) { _, _ in
                // A task that ignores its cancellation.
                await Task { _ = await gate.wait() }.value
            }
        }
        #expect(await run(stuck: stuck, register).refusal != nil)
        let next = await run(stuck: stuck, register)
        #expect(next.refusal != nil && next.isTransient)
        #expect(next.outcomes.map(\.result) == [.stuck])
        // What others did before it is taken back.
        let third = await run(stuck: stuck) { hooks in
            register(&hooks)
            hooks.addHandler("a", priority: 1, timeout: .seconds(5), path: nil, undoes: true, handler("a"))
        }
        #expect(third.isTransient && third.refusal == next.refusal && log.entries == ["a 1>2", "a 2>1"])
        gate.resolve(())
    }

    @Test func atTheFirstLoadThereIsNothingToUndo() async {
        let summary = await run(old: nil) { hooks in
            hooks.addHandler("a", priority: 0, timeout: .seconds(5), path: nil, undoes: true, handler("a"))
            hooks.addHandler("b", priority: 0, timeout: .seconds(5), path: nil, undoes: true, handler("b", fails: true))
        }
        #expect(log.entries == ["a nil>2", "b nil>2"])
        #expect(summary.refusal != nil)
    }

    @Test func aHandlerThatCannotTakeBackIsNotCalledToUndo() async {
        _ = await run { hooks in
            hooks.addHandler("a", priority: 0, timeout: .seconds(5), path: nil, undoes: false, handler("a"))
            hooks.addHandler(
                "b", priority: 0, timeout: .seconds(5), path: nil, undoes: false, handler("b", fails: true))
        }
        #expect(log.entries == ["a 1>2", "b 1>2"])
    }

    @Test func aFailingUndoIsReportedAndTheOthersAreUndoneAllTheSame() async {
        let summary = await run { [log] hooks in
            hooks.addHandler("a", priority: 0, timeout: .seconds(5), path: nil, undoes: true, handler("a"))
            hooks.addHandler("b", priority: 0, timeout: .seconds(5), path: nil, undoes: true) { _, _ in
                log.add("b")
                throw Broken()
            }
        }
        #expect(log.entries == ["a 1>2", "b", "b", "a 2>1"])
        #expect(summary.outcomes.last?.reason == "broken Undoing it failed: broken")
    }

    @Test(arguments: [(0.5, true), (0.6, false)])
    func withAFractionAllAreCalledAndTheVersionIsRefusedWhenFewerSucceed(needed: Double, isAccepted: Bool) async {
        let summary = await run(.fraction(needed)) { hooks in
            for name in ["a", "b", "c", "d"] {
                hooks.addHandler(
                    name, priority: 0, timeout: .seconds(5), path: nil, undoes: true,
                    handler(name, fails: name == "a" || name == "c"))
            }
        }
        #expect((summary.refusal == nil) == isAccepted)
        #expect(log.entries.prefix(4) == ["a 1>2", "b 1>2", "c 1>2", "d 1>2"])
        #expect(log.entries.dropFirst(4) == (isAccepted ? [] : ["c 2>1", "a 2>1", "d 2>1", "b 2>1"]))
    }

    /// A fraction is compared as it is written: 11 of 20 are 0.55.
    @Test(arguments: [
        (0.5, 2, 1, true), (0.51, 2, 1, false), (0.55, 20, 11, true), (0.56, 20, 11, false), (0.0, 2, 0, true),
    ])
    func theFractionIsOfThoseThatWereCalledTheFailedOnesAreNamedAndNotUndone(
        needed: Double, count: Int, good: Int, isAccepted: Bool
    ) async {
        let summary = await run(.fraction(needed)) { hooks in
            for number in 0..<count {
                hooks.addHandler(
                    "\(number)", priority: 0, timeout: .seconds(5), path: nil, undoes: true,
                    handler("\(number)", fails: number >= good))
            }
        }
        #expect((summary.refusal == nil) == isAccepted)
        #expect(summary.outcomes.filter { $0.result == .failed }.map(\.name) == (good..<count).map(String.init))
        #expect(log.entries.count == (isAccepted ? count : 2 * count))
    }

    @Test func aStuckHandlerCountsNeitherForNorAgainstAFraction() async {
        let door = Door()
        let stuck = StuckCalls<Int>()
        var hooks = ReloadHooks<Int>()
        hooks.addHandler("deaf", priority: 9, timeout: .milliseconds(10), path: nil, undoes: true) { _, new in
            if new == 2 { await door.wait() }
        }
        for name in ["a", "b"] {
            hooks.addHandler(
                name, priority: 0, timeout: .seconds(5), path: nil, undoes: true, handler(name, fails: name == "b"))
        }
        let run = HandlerRun(policy: .fraction(0.5), stuck: stuck)
        // Of three that were called one succeeded; later of two.
        let first = await run.call(hooks.handlers, old: 1, new: 2)
        #expect(first.refusal?.hasPrefix("Only 1 of 3") == true)
        let second = await run.call(hooks.handlers, old: 1, new: 2)
        #expect(second.refusal == nil && second.outcomes.map(\.result) == [.stuck, .success, .failed])
        door.open()
    }

    @Test func aHandlerThatTakesTooLongIsCancelledAndUndoneWhenItHasEnded() async {
        let summary = await run { [log] hooks in
            hooks.addHandler("slow", priority: 0, timeout: .milliseconds(50), path: nil, undoes: true) { old, new in
                log.add("begin \(new)")
                if new == 2 { try? await Task.sleep(for: .seconds(600)) }
                log.add("end \(new)")
            }
        }
        #expect(summary.outcomes.map(\.description) == ["slow: timeout"])
        #expect(log.entries == ["begin 2", "end 2", "begin 1", "end 1"])
    }

    @Test func aHandlerThatIgnoresItsCancellationIsStuckLeftOutUntilItReturns() async throws {
        let door = Door()
        let stuck = StuckCalls<Int>()
        var hooks = ReloadHooks<Int>()
        hooks.addHandler("deaf", priority: 0, timeout: .milliseconds(30), path: nil, undoes: true) { _, new in
            if new == 2 { await door.wait() }
        }
        hooks.addHandler("other", priority: 0, timeout: .seconds(5), path: nil, undoes: true, handler("other"))
        let run = HandlerRun(policy: .all, stuck: stuck)
        let first = await run.call(hooks.handlers, old: 1, new: 2)
        #expect(first.refusal != nil && stuck.names == ["deaf"])
        let second = await run.call(hooks.handlers, old: 1, new: 3)
        #expect(second.refusal == nil)
        #expect(second.outcomes.map(\.description) == ["deaf: stuck", "other: success"])
        let call = try #require(stuck.pending.first)
        door.open()
        #expect(await call.end())
        #expect(stuck.takeReturned().map(\.attempted) == [2])
        #expect(stuck.names.isEmpty)
    }

    @Test(arguments: [HandlerPolicy.all, .fraction(0.5)])
    func theVersionThatAHandlerIsStuckOnIsNotTriedWithoutItAnyOtherIs(policy: HandlerPolicy) async throws {
        let history = try TestHistory.numbered(3)
        let versions = (2...3).map { DocumentLayers(main: DocumentVersion(history.version($0))) }
        let door = Door()
        let stuck = StuckCalls<Int>()
        var hooks = ReloadHooks<Int>()
        hooks.addHandler("deaf", priority: 9, timeout: .milliseconds(10), path: nil, undoes: true) { _, new in
            if new == 2 { await door.wait() }
        }
        hooks.addHandler("other", priority: 0, timeout: .seconds(5), path: nil, undoes: true, handler("other"))
        let run = HandlerRun(policy: policy, stuck: stuck)
        _ = await run.call(hooks.handlers, old: 1, new: 2, of: versions[0])
        let again = run.refusal(of: versions[0], hooks.handlers)
        #expect(again?.refusal == "'deaf' has not returned from this version." && again?.isTransient == false)
        #expect(again?.kind == .stuck)
        #expect(again?.outcomes.map(\.result) == [.stuck])
        #expect(run.refusal(of: versions[1], hooks.handlers) == nil)
        door.open()
        _ = await stuck.pending.first?.end()
        _ = stuck.takeReturned()
        #expect(run.refusal(of: versions[0], hooks.handlers) == nil)
    }

    @Test func aHandlerForAPathIsCalledOnlyWhenTheValueThereChanged() async throws {
        func object(_ json: String) throws -> DocumentLayers {
            DocumentLayers(main: DocumentVersion(try TestHistory(contents: [json]).version(1)))
        }
        let old = try object("{\"db\":{\"port\":1},\"other\":1}").object(isOverlay: false)
        let changed = try object("{\"db\":{\"port\":2},\"other\":1}").object(isOverlay: false)
        let unchanged = try object("{\"db\":{\"port\":1},\"other\":2}").object(isOverlay: false)
        var hooks = ReloadHooks<Int>()
        hooks.addHandler("a", priority: 0, timeout: .seconds(1), path: "db.port", undoes: true) { _, _ in }
        let handler = try #require(hooks.handlers.first)
        #expect(handler.isAffected(from: old, to: changed))
        #expect(!handler.isAffected(from: old, to: unchanged))
        #expect(handler.isAffected(from: nil, to: old))
    }
}
