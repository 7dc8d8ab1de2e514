import ConfigModel
import Foundation
import RegistryAPI
import RegistryClient
import TestSupport
import Testing

extension EndToEnd {
    /// What an author lets pass is seen wherever the version is; a secret is nowhere but in the content.
    @Suite struct OverriddenCheckTests {
        static let secret = "hunter2-and-more"

        @Test(arguments: ["MongoDB", "embedded"]) func anOverrideIsInRecordEventAndAudit(_ store: String) async throws {
            try await withBench { bench in
                let registry = try await bench.startRegistry(store: store == "embedded" ? .embedded() : .mongodb())
                let announcements = try await bench.recordAnnouncements()
                let audit = try bench.startAudit(of: registry)
                let content = try Content(parsing: Array(#"{"db":{"password":"\#(Self.secret)"}}"#.utf8))
                let refused = await #expect(throws: RegistryClientError.self) {
                    _ = try await registry.client.create(content, as: bench.parsing)
                }
                #expect(refused?.problem?.findings.map(\.override) == ["secret:/db/password"])
                let options = WriteOptions(overrides: try CheckOverrides(["secret:/db/password", "blast-radius"]))
                let record = try await registry.client.create(content, as: bench.parsing, options).record

                let names = #"["secret:/db/password"]"#
                #expect(record.overrides == names && record.recordHash == record.computedRecordHash)
                let history = try await registry.history(of: bench.parsing)
                #expect(history == [record])
                try await announcements.versions(upTo: 1, of: bench.parsing)
                let events = try announcements.events(about: bench.parsing)
                #expect(events.allSatisfy { $0.overrides == names } && !events.isEmpty)
                try await audit.entries(1, about: bench.parsing)
                let log = String(
                    decoding: try #require(FileManager.default.contents(atPath: audit.file)), as: UTF8.self)
                #expect(log.contains(#""overrides":"[\"secret:/db/password\"]""#))
                #expect(!registry.process.transcript.contains(Self.secret))
            }
        }
    }
}
