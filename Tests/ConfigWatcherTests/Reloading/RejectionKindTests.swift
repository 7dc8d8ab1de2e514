import ConfigModel
import ConfigWatcher
import RegistrySource
import TestSupport
import Testing

/// An outcome says for a program why a version was rejected.
@Suite(.timeLimit(.minutes(1))) struct RejectionKindTests {
    private struct No: Error {}

    /// What refuses a version, and a version that it refuses.
    struct Case: Sendable, CustomTestStringConvertible {
        let kind: RejectionKind
        var options = WatcherOptions()
        var content = #"{"n": 11}"#
        var prepare: @Sendable (ConfigWatcher<Numbered>) -> Void = { _ in }

        var testDescription: String { kind.rawValue }
    }

    static let cases: [Case] = [
        Case(kind: .decode, content: #"{"n": "eleven"}"#),
        Case(
            kind: .schema,
            options: WatcherOptions(schema: try? ConfigSchema(#"{"properties": {"n": {"maximum": 10}}}"#))),
        Case(kind: .validator) { watcher in
            watcher.validate("limits") { $0.n > 10 ? .invalid("n is too high") : .valid }
        },
        Case(kind: .validator) { watcher in watcher.validate("limits") { if $0.n > 10 { throw No() } else { .valid } }
        },
        Case(kind: .timeout, options: WatcherOptions(validationTimeout: .milliseconds(50))) { watcher in
            watcher.validate("slow") { value in
                if value.n > 10 { try await Task.sleep(for: .seconds(60)) }
                return .valid
            }
        },
        Case(kind: .handler) { watcher in watcher.onReload("pool") { _, new in if new.n > 10 { throw No() } } },
        Case(kind: .timeout) { watcher in
            watcher.onReload("pool", timeout: .milliseconds(50)) { _, new in
                if new.n > 10 { try await Task.sleep(for: .seconds(60)) }
            }
        },
    ]

    @Test(arguments: cases) func isWhatRefusedIt(refusal: Case) async throws {
        var history = try TestHistory.numbered(1)
        let scene = WatcherScene(history.head)
        let watcher = try scene.watcher(options: refusal.options)
        refusal.prepare(watcher)
        var outcomes = watcher.outcomes.makeAsyncIterator()
        try await running(watcher) {
            #expect(try await outcome(.applied, 1, in: &outcomes).rejection == nil)
            try await scene.publish(try history.publish(refusal.content))
            #expect(try await outcome(.rejected, 2, in: &outcomes).rejection == refusal.kind)
        }
    }
}
