import ConfigModel
import Glibc
import Logging
import RegistrySource
import ServiceLifecycle
import TestSupport
import Testing

@testable import ConfigWatcher
@testable import WatcherCore

/// The process gets a signal, so that these run one after the other.
@Suite("SIGHUP", .serialized, .timeLimit(.minutes(1)))
struct HangupTests {
    @Test func itReadsTheDocumentAtOnceAndEndsNothing() async throws {
        // Until the service listens.
        signal(SIGHUP, SIG_IGN)
        var history = try TestHistory.numbered(1)
        let scene = WatcherScene(history.head)
        // Nothing is announced, and nothing is read again by itself.
        let watcher = try scene.watcher(events: .polling(every: .seconds(3_600)))
        let group = ServiceGroup(services: [watcher, watcher.onHangup()], logger: Logger(label: "test"))
        let run = Task { try await group.run() }
        _ = try await watcher.ready()
        for version in 2...3 {
            scene.registry.set(try history.publish("{\"n\":\(version)}"))
            try await eventually("version \(version)") {
                kill(getpid(), SIGHUP)
                return watcher.current.version == Int64(version)
            }
            #expect(watcher.history(limit: 1).map(\.trigger) == [.signal])
        }
        await group.triggerGracefulShutdown()
        try await run.value
    }
}
