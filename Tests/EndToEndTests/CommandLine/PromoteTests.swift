import ConfigModel
import TestSupport
import Testing

extension CommandLineTests {
    /// promote.
    @Suite struct PromoteTests {
        private static let flags = ["--from", "staging", "--to", "prod"]

        private func staging(_ service: String) throws -> DocumentKey {
            try DocumentKey(service: service, environment: "staging")
        }

        @Test func oneDocumentIsPromotedWithACommentThatSaysWhereItIsFrom() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                let source = try await registry.publish(#"{"a": 1.0}"#, as: staging("parsing"))
                let result = try await bench.configbus(
                    ["promote", "parsing", "-c", "the new pool"] + Self.flags, at: registry)
                #expect(result.status == .exited(0))
                let record = try #require(try await registry.history(of: bench.parsing).last)
                #expect(record.content == source.content)
                #expect(
                    record.comment
                        == "promoted from parsing/staging version 1 (\(source.content.hash))\nthe new pool")
                let again = try await bench.configbus(["promote", "parsing"] + Self.flags, at: registry)
                #expect(again.status == .exited(0))
                #expect(again.lines == ["= parsing/prod is unchanged, version 1", "Nothing was changed."])
            }
        }

        @Test func anEarlierVersionIsPromotedByItsNumber() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                for number in 1...2 { try await registry.publish(#"{"n": \#(number)}"#, as: staging("parsing")) }
                let arguments = ["promote", "parsing", "--from-version", "1"] + Self.flags
                #expect(try await bench.configbus(arguments, at: registry).status == .exited(0))
                #expect(try await registry.history(of: bench.parsing).last?.content.bytes == Array(#"{"n":1}"#.utf8))
            }
        }

        @Test func everythingBelowAPrefixIsPlannedThenMadeAsOneChangeSet() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                for service in ["tenants.acme", "tenants.acme.monitors", "tenants.acme.same", "tenants.other"] {
                    try await registry.publish(#"{"n": 1}"#, as: staging(service))
                }
                let same = try DocumentKey(service: "tenants.acme.same", environment: "prod")
                try await registry.publish(#"{"n": 1}"#, as: same)
                let monitors = try DocumentKey(service: "tenants.acme.monitors", environment: "prod")
                try await registry.publish(#"{"n": 0}"#, as: monitors)

                let arguments = ["promote", "--prefix", "tenants.acme"] + Self.flags
                let plan = try await bench.configbus(arguments + ["--dry-run"], at: registry)
                #expect(plan.status == .exited(0))
                #expect(
                    plan.output == """
                        + tenants.acme/prod is created
                        ~ tenants.acme.monitors/prod changes, version 1
                            ~ n: 0 -> 1
                        = tenants.acme.same/prod is unchanged, version 1
                        2 documents would change.

                        """)
                #expect(try await registry.history(of: monitors).count == 1)

                let made = try await bench.configbus(arguments + ["-o", "json"], at: registry).object()
                #expect(made["changeset_size"]?.description == "2")
                let record = try #require(try await registry.history(of: monitors).last)
                #expect(record.comment == "promoted from staging")
                #expect(record.changeSet?.members == ["tenants.acme.monitors/prod@2", "tenants.acme/prod@1"].sorted())
                #expect(try await registry.history(of: same).count == 1)
            }
        }

        @Test func whatIsNotThereToPromoteIsNamedAndNothingIsDone() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await registry.publish("{}", as: staging("here"))
                let one = try await bench.configbus(["promote", "parsing"] + Self.flags, at: registry)
                #expect(one.status == .exited(1))
                #expect(one.errors.contains("There is no document parsing/staging"))
                let several = try await bench.configbus(["promote", "here", "parsing", "b"] + Self.flags, at: registry)
                #expect(several.status == .exited(1))
                #expect(several.errors.contains("  There is no document parsing/staging"))
                #expect(several.errors.contains("  There is no document b/staging"))
                let none = try await bench.configbus(["promote", "--prefix", "none"] + Self.flags, at: registry)
                #expect(none.status == .exited(1))
                #expect(try await registry.history(of: DocumentKey(service: "here", environment: "prod")) == [])
            }
        }
    }
}
