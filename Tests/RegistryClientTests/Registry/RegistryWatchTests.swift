import ConfigModel
import ConfigRegistry
import RegistryAPI
import RegistryClient
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct RegistryWatchTests {
    private let key: DocumentKey
    private let content: Content

    init() throws {
        key = try DocumentKey(service: "parsing", environment: "prod")
        content = try Content(parsing: Array(#"{"text":"line\nbreak","n":1.0}"#.utf8))
    }

    @Test func aWatchTellsTheHeadsAndThenTheChanges() async throws {
        try await RunningRegistry.with { client, registry in
            let created = try await client.create(content, as: key).record
            try await client.withWatch(WatchSelection(services: ["parsing"])) { messages in
                var iterator = messages.makeAsyncIterator()
                let message1 = try await iterator.next()
                #expect(message1 == .event(ConfigEvent(created, inlineLimit: .max)))
                let message2 = try await iterator.next()
                #expect(message2 == .synced(epoch: registry.epoch, count: 1))
                let deletion = try await client.delete(key)
                #expect(deletion == .deleted(version: 2))
                while let message = try await iterator.next() {
                    guard case .event(let event) = message else { continue }
                    #expect(event.version == 2 && event.changeType == .deleted)
                    break
                }
            }
        }
    }

    @Test func whatIsKnownIsNotToldAgain() async throws {
        try await RunningRegistry.with { client, registry in
            let other = try DocumentKey(service: "routing", environment: "prod")
            _ = try await client.create(content, as: key)
            let record = try await client.create(content, as: other).record
            try await client.withWatch(WatchSelection(environment: "prod"), known: [key: 1]) { messages in
                var iterator = messages.makeAsyncIterator()
                let message3 = try await iterator.next()
                #expect(message3 == .event(ConfigEvent(record, inlineLimit: .max)))
                let message4 = try await iterator.next()
                #expect(message4 == .synced(epoch: registry.epoch, count: 2))
            }
        }
    }

    @Test func aLargeContentTravelsWhole() async throws {
        let text = String(repeating: #"quote \" and back\\slash "#, count: 30_000)
        let content = try Content(parsing: Array(#"{"text":"\#(text)"}"#.utf8))
        try await RunningRegistry.with { client, _ in
            _ = try await client.create(content, as: key)
            try await client.withWatch { messages in
                for try await message in messages {
                    guard case .event(let event) = message else { continue }
                    #expect(event.content == content)
                    break
                }
            }
        }
    }

    @Test func manyWatchesRunSideBySide() async throws {
        try await RunningRegistry.with { client, _ in
            _ = try await client.create(content, as: key)
            try await withThrowingTaskGroup(of: Int64.self) { group in
                for _ in 1...30 {
                    group.addTask {
                        try await client.withWatch { messages in
                            for try await case .event(let event) in messages where event.version == 2 {
                                return event.version
                            }
                            return 0
                        }
                    }
                }
                _ = try await client.update(content, of: key)
                for try await version in group { #expect(version == 2) }
            }
        }
    }
}
