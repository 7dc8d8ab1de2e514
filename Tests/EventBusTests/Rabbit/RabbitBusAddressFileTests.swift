import EventBus
import Foundation
import Logging
import TestSupport
import Testing

@testable import RabbitBus

/// The broker's address stands in a file, whose content may be another at the next connection.
@Suite(.enabled(if: TestBroker.shared != nil, "\(TestBroker.missing)"), .timeLimit(.minutes(1)))
struct RabbitBusAddressFileTests {
    /// A fixture and a file.
    private func with(_ body: (RabbitFixture, _ path: String) async throws -> Void) async throws {
        try await TemporaryDirectory.with { directory in
            try await RabbitFixture.with { try await body($0, "\(directory.path)/amqp") }
        }
    }

    private func bus(_ fixture: RabbitFixture, _ path: String, log: LogRecorder = LogRecorder()) throws -> RabbitBus {
        var options = RabbitBusOptions()
        options.longestPause = .milliseconds(200)
        return try RabbitBus(
            uriFile: path, exchange: fixture.exchange, name: "configbus tests", options: options, logger: log.logger)
    }

    private func write(_ text: String, to path: String) throws {
        try text.write(toFile: path, atomically: true, encoding: .utf8)
    }

    @Test func aPasswordThatIsRepairedCountsAtTheNextAttempt() async throws {
        try await with { fixture, path in
            let uri = fixture.broker.uri()
            try write(uri.replacing(":\(fixture.broker.password)@", with: ":wr0ng@"), to: path)
            let bus = try bus(fixture, path)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await bus.run() }
                try await bus.withSubscription(fixture.temporary) { signals in
                    let reader = SignalReader(signals)
                    guard case .interrupted(let error) = try await reader.next() else {
                        Issue.record("not refused")
                        return
                    }
                    #expect(error.code == .forbidden && !error.message.contains("wr0ng"))
                    await bus.waitUntil(\.isDisconnected)
                    try write("\(uri)\n", to: path)
                    while case .interrupted = try await reader.next() {}
                    await bus.waitUntil { $0 == .connected }
                }
                group.cancelAll()
            }
        }
    }

    @Test func whatStandsGoesOnAndTheNextConnectionIsMadeToTheAddressOfThen() async throws {
        try await with { fixture, path in
            let (first, second) = (try fixture.broker.proxy(), try fixture.broker.proxy())
            try write(fixture.broker.uri(port: first.port), to: path)
            let bus = try bus(fixture, path)
            try await bus.withSubscription(fixture.temporary) { signals in
                let reader = SignalReader(signals)
                try await reader.subscribed()
                try write(fixture.broker.uri(port: second.port), to: path)
                #expect(first.connectionCount == 1 && second.connectionCount == 0)
                first.close()
                _ = try await reader.resubscribed()
                #expect(second.connectionCount == 1)
            }
        }
    }

    @Test(arguments: [nil, "", "amqp://h/ amqp://h/", "http://h/"])
    func whileTheFileCannotBeReadWhatWasInItBeforeCountsAndThatIsSaidOnce(text: String?) async throws {
        try await with { fixture, path in
            let proxy = try fixture.broker.proxy()
            try write(fixture.broker.uri(port: proxy.port), to: path)
            let log = LogRecorder()
            let bus = try bus(fixture, path, log: log)
            try await bus.withSubscription(fixture.temporary) { signals in
                let reader = SignalReader(signals)
                try await reader.subscribed()
                if let text { try write(text, to: path) } else { try FileManager.default.removeItem(atPath: path) }
                for _ in 1...2 {
                    proxy.cut()
                    proxy.mend()
                    _ = try await reader.resubscribed()
                }
                let warnings = log.reasons(.warning)
                #expect(warnings.count { $0.contains(path) } == 1, "\(warnings)")
                #expect(!warnings.contains { $0.contains("guest") })
            }
        }
    }

    @Test(arguments: [nil, "", "two words", "http://h/", "amqp://user:s3cret@h:x/"])
    func aFileWithoutAnAddressIsRefusedAtTheStart(text: String?) async throws {
        try await TemporaryDirectory.with { directory in
            let path = "\(directory.path)/amqp"
            if let text { try write(text, to: path) }
            let error = #expect(throws: BusError.self) {
                try RabbitBus(uriFile: path, exchange: "e", name: "n", options: RabbitBusOptions())
            }
            #expect(error?.code == .invalid && error?.message.contains(path) == true)
            #expect(error?.message.contains("s3cret") == false)
        }
    }
}
