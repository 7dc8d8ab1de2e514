import ConfigAudit
import ConfigModel
import RegistryAPI
import RegistryClient
import TestSupport
import Testing

/// The audit of a real registry, over HTTP.
@Suite(.timeLimit(.minutes(1))) struct AuditOverHTTPTests {
    private let bench: AuditBench

    init() throws { bench = try AuditBench() }

    @Test func everyChangeOfManyWritersIsInTheLogOnceAndInOrder() async throws {
        let keys = try ["parsing", "routing", "billing.eu"].map { try DocumentKey(service: $0, environment: "prod") }
        try await RunningRegistry.with(bus: bench.bus) { client, _ in
            try await bench.withAudit(client) { _ in
                try await withThrowingTaskGroup { group in
                    for writer in 1...9 {
                        group.addTask {
                            for step in 1...10 {
                                let content = try Content(
                                    parsing: Array(#"{"step":\#(step),"writer":\#(writer)}"#.utf8))
                                _ = try await client.publish(
                                    content, as: keys[writer % 3], WriteOptions(comment: "by \(writer)"))
                            }
                        }
                    }
                    try await group.waitForAll()
                }
                _ = try await bench.entries(90)
            }
            for key in keys {
                let entries = try bench.entries().filter { $0.key == "\(key)" }
                let history = try await client.history(of: key, limit: 100).reversed()
                #expect(entries.map(\.version) == Array(1...30))
                #expect(entries.map(\.new) == history.map { String(decoding: $0.content.bytes, as: UTF8.self) })
                #expect(entries.dropFirst().map(\.old) == entries.dropLast().map(\.new))
            }
        }
        #expect(try AuditVerifier().verify(path: bench.path) == .consistent(lines: 90))
    }

    @Test func whatHappenedWhileTheAuditWasAwayIsWrittenWhenItIsBack() async throws {
        let key = try DocumentKey(service: "parsing")
        let content = try Content(parsing: Array(#"{"a":1}"#.utf8))
        try await RunningRegistry.with(bus: bench.bus) { client, _ in
            _ = try await client.create(content, as: key)
            try await bench.withAudit(client) { _ in _ = try await bench.entries(1) }
            _ = try await client.delete(key)
            _ = try await client.create(content, as: key)
            try await bench.withAudit(client) { _ in
                let entries = try await bench.entries(3)
                #expect(entries.map(\.new) == [#"{"a":1}"#, "null", #"{"a":1}"#])
            }
        }
    }

    /// Schemas are in the log too: those that are announced, and those whose announcement was lost.
    @Test func everyChangeOfASchemaIsInTheLogWithItsOldAndNewValue() async throws {
        let first = SchemaDocument(schema: try JSONValue(parsing: Array(#"{"type":"object"}"#.utf8)))
        let second = SchemaDocument(schema: .bool(true), checks: .merged)
        try await RunningRegistry.with(bus: bench.bus) { client, _ in
            _ = try await client.putSchema(first, of: "parsing", WriteOptions(comment: "first", createdBy: "me"))
            try await bench.withAudit(client) { _ in
                _ = try await bench.entries(1)
                _ = try await client.putSchema(second, of: "parsing")
                _ = try await client.deleteSchema(of: "parsing")
                let entries = try await bench.entries(3)
                let texts = [first, second].map { String(decoding: $0.content.bytes, as: UTF8.self) }
                #expect(entries.allSatisfy { $0.key == "parsing/~schema" && $0.chain == nil })
                #expect(entries.map(\.version) == [1, 2, 3])
                #expect(entries.map(\.old) == ["null"] + texts)
                #expect(entries.map(\.new) == texts + ["null"])
            }
        }
        #expect(try AuditVerifier().verify(path: bench.path) == .consistent(lines: 3))
    }
}
