import ConfigModel
import ConfigWatcher
import Configuration
import RegistryConfiguration
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct WatchSnapshotTests {
    @Test func eachAppliedContentComesOnce() async throws {
        let server = try DocumentServer(#"{"n":1}"#)
        let provider = try await server.provider()
        try await provider.watchSnapshot { updates in
            var snapshots = updates.makeAsyncIterator()
            let first = await snapshots.next(isolation: #isolation)
            try Self.expect(first, 1)
            try server.publish(#"{"n":2}"#)
            let second = await snapshots.next(isolation: #isolation)
            try Self.expect(second, 2)
            // The same content under another number.
            try server.publish(#"{"n":2}"#)
            try await eventually("applied") { provider.watcher.current.version == 3 }
            try server.publish(#"{"n":3}"#)
            let third = await snapshots.next(isolation: #isolation)
            try Self.expect(third, 3)
            try Self.expect(second, 2)
        }
    }

    @Test func whatIsRefusedOrRolledBackIsSeenAsItRuns() async throws {
        let server = try DocumentServer(#"{"n":1}"#)
        let provider = try await server.provider()
        provider.watcher.validate("not 2") { document in
            document.object["n"] == .number(JSONNumber(2)) ? .invalid("2 is refused") : .valid
        }
        try await provider.watchSnapshot { updates in
            var snapshots = updates.makeAsyncIterator()
            _ = await snapshots.next(isolation: #isolation)
            try server.publish(#"{"n":2}"#)
            try await eventually("refused") { provider.watcher.state == .rejected }
            try server.publish(#"{"n":3}"#)
            let third = await snapshots.next(isolation: #isolation)
            try Self.expect(third, 3)
            try await provider.watcher.rollback(to: .version(1))
            let first = await snapshots.next(isolation: #isolation)
            try Self.expect(first, 1)
        }
    }

    @Test func aSlowReaderGetsTheNewest() async throws {
        let server = try DocumentServer(#"{"n":1}"#)
        let provider = try await server.provider()
        try await provider.watchSnapshot { updates in
            var snapshots = updates.makeAsyncIterator()
            _ = await snapshots.next(isolation: #isolation)
            for number in 2...9 {
                try server.publish("{\"n\":\(number)}")
                try await eventually("applied") { provider.watcher.current.version == number }
            }
            let newest = await snapshots.next(isolation: #isolation)
            try Self.expect(newest, 9)
        }
    }

    private static func expect(_ snapshot: (any ConfigSnapshot)?, _ number: Int) throws {
        let content = try snapshot?.value(forKey: ["n"], type: .int).value?.content
        #expect(content == .int(number))
    }
}
