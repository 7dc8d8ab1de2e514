import ConfigModel
import Foundation
import RegistryAPI
import RegistryClient
import TestSupport
import Testing

extension EndToEnd {
    /// Schemas on several registries over one store.
    @Suite struct SchemaTests {
        /// `{"n": <integer>}`.
        static let integer: SchemaDocument = {
            let number = JSONObject.of([("type", .string("integer"))])
            let properties = JSONObject.of([("n", .object(number))])
            return SchemaDocument(
                schema: .object(JSONObject.of([("type", .string("object")), ("properties", .object(properties))])))
        }()

        @Test func onceAPutIsAnsweredNoRegistryTakesWhatDoesNotFit() async throws {
            try await withBench { bench in
                let first = try await bench.startRegistry()
                let second = try await bench.startRegistry()
                try await second.publish(#"{"n": 0}"#, as: bench.parsing)
                let put = try await first.client.putSchema(Self.integer, of: "parsing")
                #expect(put.version == 1 && put.breaks.isEmpty)
                let refused = try await withThrowingTaskGroup(of: Int.self) { group in
                    for writer in 0..<8 {
                        group.addTask {
                            try await Self.refusals(of: 125, at: second, bench.parsing, by: writer)
                        }
                    }
                    return try await group.reduce(0, +)
                }
                #expect(refused == 1_000)
                try await second.publish(#"{"n": 1}"#, as: bench.parsing)
                #expect(try await first.history(of: bench.parsing).count == 2)
            }
        }

        /// How many of some publishes of what does not fit were refused for it.
        private static func refusals(
            of count: Int, at registry: RunningRegistry, _ key: DocumentKey, by writer: Int
        ) async throws -> Int {
            var refused = 0
            for number in 0..<count {
                do throws(RegistryClientError) {
                    let content = Content(JSONObject.of([("n", .string("\(writer).\(number)"))]))
                    _ = try await registry.client.update(content, of: key)
                } catch {
                    if error.problem?.type == .checksFailed { refused += 1 }
                }
            }
            return refused
        }

        @Test func whatSlipsInWhileASchemaIsPutIsNamed() async throws {
            try await withBench { bench in
                let registries = [try await bench.startRegistry(), try await bench.startRegistry()]
                let keys = try (0..<16).map { try DocumentKey(service: "parsing", environment: "e\($0)") }
                for key in keys { try await registries[0].publish(#"{"n": 0}"#, as: key) }
                let put = try await withThrowingTaskGroup(of: Void.self) { group in
                    for (index, key) in keys.enumerated() {
                        group.addTask { await Self.writeUntilCancelled(key, at: registries[index % 2]) }
                    }
                    let put = try await registries[0].client.putSchema(
                        Self.integer, of: "parsing", WriteOptions(overrides: try CheckOverrides(["schema-breaks"])))
                    group.cancelAll()
                    return put
                }
                let named = Set(put.breaks.map(\.environment))
                for key in keys {
                    guard let head = try await registries[1].history(of: key).last else { continue }
                    guard case .string? = try head.content.object["n"] else { continue }
                    #expect(named.contains(key.environment), "\(key) is at \(head.version)")
                }
            }
        }

        /// Numbers and texts at random.
        private static func writeUntilCancelled(_ key: DocumentKey, at registry: RunningRegistry) async {
            while !Task.isCancelled {
                let number = Int.random(in: 0..<1_000)
                let value: JSONValue = Bool.random() ? .number(JSONNumber(number)) : .string("\(number)")
                let content = Content(JSONObject.of([("n", value)]))
                // A refusal is what it must be from some moment on.
                _ = await Task { try? await registry.client.update(content, of: key) }.value
            }
        }

        /// Killed at any moment the schema is in force at every registry, or it was never stored.
        @Test func aRegistryThatIsKilledWhileItPutsASchemaLeavesItInForceEverywhereOrNotAtAll() async throws {
            try await withBench { bench in
                let survivor = try await bench.startRegistry()
                let key = try SchemaDocument.key(of: "parsing")
                for round in 0..<3 {
                    let victim = try await bench.startRegistry()
                    let put = Task {
                        // What does not fit yet was made by the rounds before.
                        try await victim.client.putSchema(
                            Self.integer, of: "parsing", WriteOptions(overrides: try CheckOverrides(["schema-breaks"])))
                    }
                    try await Task.sleep(for: .milliseconds(Int64.random(in: 0...60)))
                    try await victim.process.kill9()
                    put.cancel()
                    _ = await put.result
                    let versions = try await survivor.client.history(of: key, limit: 100)
                    #expect(HistoryCheck.violations(in: versions.reversed()) == [])
                    let isStored = versions.first.map { !$0.isTombstone } ?? false
                    let document = try DocumentKey(service: "parsing", environment: "r\(round)")
                    // The number may not have risen: then it takes half a minute.
                    try await eventually("the survivor decides by what is stored", within: .seconds(40)) {
                        try await Self.refusesToCreate(document, at: survivor) == isStored
                    }
                    _ = try await survivor.client.deleteSchema(of: "parsing")
                }
            }
        }

        /// Whether a registry refuses to create what does not fit.
        private static func refusesToCreate(_ key: DocumentKey, at registry: RunningRegistry) async throws -> Bool {
            do throws(RegistryClientError) {
                _ = try await registry.client.publish(Content(JSONObject.of([("n", .string("x"))])), as: key)
                return false
            } catch {
                guard error.problem?.type == .checksFailed else { throw error }
                return true
            }
        }

        /// Who follows configurations meets no schema, whatever its service is called.
        @Test func aSchemaIsAnnouncedUnderKeysOfItsOwn() async throws {
            try await withBench { bench in
                let registry = try await bench.startRegistry()
                let audit = try bench.startAudit(of: registry)
                let announcements = try await bench.recordAnnouncements()
                let service = "prod.parsing"
                _ = try await registry.client.putSchema(Self.integer, of: service)
                _ = try await registry.client.deleteSchema(of: service)
                try await registry.publish(#"{"n": 1}"#, as: bench.parsing)
                try await announcements.versions(upTo: 1, of: bench.parsing)
                #expect(try announcements.events(about: SchemaDocument.key(of: service)).isEmpty)
                let entries = try await audit.entries(2, about: SchemaDocument.key(of: service))
                #expect(entries.map(\.version) == [1, 2])
            }
        }
    }
}

extension JSONObject {
    /// An object of members whose names differ.
    fileprivate static func of(_ members: [(String, JSONValue)]) -> JSONObject {
        var object = JSONObject()
        for (name, value) in members { object[name] = value }
        return object
    }
}
