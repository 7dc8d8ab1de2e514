import ConfigModel
import TestSupport
import Testing

@testable import ConfigWatcher
@testable import RegistrySource
@testable import WatcherCore

/// What is checked when a watcher is made.
@Suite("Options that do not fit")
struct WatcherOptionsCheckTests {
    static var oftenReported: WatcherOptions {
        var options = WatcherOptions()
        options.metrics = WatcherMetrics(interval: .milliseconds(999))
        return options
    }

    private let source = RegistrySource(reading: ScriptedRegistry(), events: .polling(every: .seconds(60)))

    @Test(arguments: [
        (WatcherOptions(deletion: .useDefaults), "init(from:) that reads it with decodeIfPresent"),
        (WatcherOptions(handlers: .fraction(1.5)), ".fraction(1.5)"),
        (WatcherOptions(handlers: .fraction(.nan)), "at most 1"),
        (WatcherOptions(handlers: .fraction(0)), "no failure would count"),
        (WatcherOptions(pollInterval: .zero), "pollInterval"), (WatcherOptions(pollInterval: .seconds(-1)), "not -1 s"),
        (WatcherOptions(staleAfter: .zero), "staleAfter"),
        (WatcherOptions(debounce: .fixed(.seconds(-1))), "debounce"),
        (WatcherOptions(debounce: .adaptive(.milliseconds(-5))), "not -5 ms"),
        (WatcherOptions(start: .failUnlessFresh(within: .zero)), "run() ends at once"),
        (WatcherOptions(start: .allowStale(upTo: .seconds(-1))), "not negative"),
        (WatcherOptions(start: .allowStale(patience: .seconds(-1))), "not negative"),
        (WatcherOptions(retry: .handlers(attempts: 0)), "at least one attempt"),
        (WatcherOptions(retry: .handlers(attempts: 3, from: .seconds(60), upTo: .seconds(30))), "first pause"),
        (WatcherOptions(validationTimeout: .zero), "validationTimeout"),
        (WatcherOptions(staleness: .fail(after: .seconds(119))), "(1 min)"),
        (WatcherOptions(staleness: .degrade(after: .zero)), "two proofs of this source"),
        (WatcherOptions(pollInterval: .milliseconds(9)), "at least 10 ms"),
        (WatcherOptions(debounce: .fixed(.seconds(61))), "from 1 ms to 60 s"),
        (WatcherOptions(debounce: .adaptive(.zero)), "from 1 ms to 60 s"),
        (WatcherOptionsCheckTests.oftenReported, "at least 1 second"),
        (WatcherOptions(history: 0), "from 1 to 10000, not 0"),
        (WatcherOptions(history: 10_001), "10001"),
        (WatcherOptions(goodVersions: 51), "from 0 to 50, not 51"),
        (WatcherOptions(goodVersions: -1), "not -1"),
        (WatcherOptions(goodVersionsOnDisk: true), "needs a cache"),
    ])
    func areRefusedWhenTheWatcherIsMadeSayingWhatToDo(options: WatcherOptions, words: String) throws {
        let alone = #expect(throws: WatcherError.self) {
            try ConfigWatcher<Numbered>(key: "parsing/prod", source: source, options: options)
        }
        let inGroup = #expect(throws: WatcherError.self) {
            try WatcherGroup(source: source).watch(Numbered.self, key: "parsing/prod", options: options)
        }
        for error in [alone, inGroup] {
            #expect(error?.code == .invalidOptions && error?.message.contains(words) == true)
        }
    }

    @Test func aDocumentWithoutATypeHasDefaultsAlways() throws {
        let options = WatcherOptions(deletion: .useDefaults)
        #expect(throws: Never.self) { try ConfigWatcher(key: "parsing/prod", source: source, options: options) }
    }

    @Test func aPrefixThatIsNoneIsRefusedInTheSameWay() {
        let error = #expect(throws: WatcherError.self) { try WatcherGroup(source: source).follow(prefix: "A B") }
        #expect(error?.code == .invalidOptions)
    }

    @Test func secretsThatWouldBeFoundAgainWithoutAPauseAreRefused() async throws {
        let watcher = try ConfigWatcher<Numbered>(key: "parsing/prod", source: source)
        let error = await #expect(throws: WatcherError.self) { try await watcher.refreshSecrets(every: .zero).run() }
        #expect(error?.code == .invalidOptions)
    }

    @Test func aKeyThatIsNoneIsRefusedInTheSameWay() {
        let error = #expect(throws: WatcherError.self) { try ConfigWatcher<Numbered>(key: "a/b/c", source: source) }
        #expect(error?.code == .invalidOptions)
    }
}
