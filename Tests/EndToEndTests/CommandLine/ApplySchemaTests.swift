import ConfigModel
import Foundation
import RegistryClient
import TestSupport
import Testing

extension CommandLineTests {
    /// apply with schemas, and what its --dry-run finds.
    @Suite struct ApplySchemaTests {
        private static let integer = #"{"properties": {"port": {"type": "integer"}}}"#

        private func write(_ text: String, _ path: String, _ bench: TestBench) throws {
            let url = URL(fileURLWithPath: bench.path(path))
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: url)
        }

        private func apply(
            _ path: String, _ arguments: String..., bench: TestBench, at registry: RunningRegistry
        ) async throws -> CommandResult {
            try await bench.configbus(["apply", bench.path(path)] + arguments, at: registry)
        }

        private func findings(_ result: CommandResult) throws -> [JSONObject] {
            guard case .array(let findings)? = try result.object()["findings"] else {
                throw NotAnObject(line: result.output)
            }
            return findings.compactMap { if case .object(let finding) = $0 { finding } else { nil } }
        }

        private func key(_ environment: String) throws -> DocumentKey {
            try DocumentKey(service: "parsing", environment: environment)
        }

        @Test(arguments: CommandStore.there)
        func aFolderHasSchemasThatItsDocumentsAreCheckedWith(store: CommandStore) async throws {
            try await withBench { bench in
                let registry = try await bench.startRegistry(on: store)
                let old = #"{"properties":{"port":{"type":"string"}}}"#
                _ = try await bench.configbus("schema", "put", "parsing", at: registry, input: old)
                try await registry.publish(#"{"port": "http"}"#, as: bench.parsing)
                try write(Self.integer, "config/_schema/parsing.json", bench)
                try write("port: 80\n", "config/prod/parsing.yaml", bench)

                let plan = try await apply("config", "--dry-run", bench: bench, at: registry)
                #expect(plan.status == .exited(0), "\(plan.output)")
                #expect(
                    plan.output == """
                        ~ schema of parsing changes, version 1
                            ~ schema.properties.port.type: "string" -> "integer"
                        ~ parsing/prod changes, version 1
                            ~ port: "http" -> 80  (a string before, now a number)
                        2 documents would change.

                        """)
                let made = try await apply("config", bench: bench, at: registry)
                #expect(made.status == .exited(0), "\(made.errors)")
                #expect(made.lines[0].hasPrefix("change set 2-"))
                #expect(made.lines[1].hasPrefix("schema of parsing version 2 updated by "))
                #expect(try await registry.client.schema(of: "parsing").version == 2)
                let again = try await apply("config", "-o", "json", bench: bench, at: registry)
                #expect(!again.output.contains("~schema"))
                let text = try await apply("config", bench: bench, at: registry)
                #expect(text.lines[0] == "= schema of parsing is unchanged, version 2")
            }
        }

        @Test func whatIsCheckedWithASchemaStaysWhereTheFolderCannotSayIt() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                _ = try await bench.configbus(
                    "schema", "put", "parsing", "--checks", "merged", at: registry, input: "{}")
                try write(Self.integer, "config/_schema/parsing.json", bench)
                #expect(try await apply("config", bench: bench, at: registry).status == .exited(0))
                #expect(try await registry.client.schema(of: "parsing").document.checks == .merged)
            }
        }

        @Test func aListPutsASchemaInForceAndADryRunNamesTheDocumentsThatDoNotFit() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await registry.publish(#"{"port": "x"}"#, as: bench.parsing)
                try write(
                    """
                    documents:
                    - {service_name: parsing, schema: \(Self.integer), checks: each}
                    - {service_name: parsing, environment: dev, config_data: {port: y}}
                    """, "list.yaml", bench)
                let text = try await apply("list.yaml", "--dry-run", bench: bench, at: registry)
                #expect(text.status == .exited(1))
                #expect(text.lines[0] == "+ schema of parsing is created")
                #expect(text.output.contains("\nparsing/dev: schema type, /port: "))
                #expect(text.output.contains("\nschema of parsing: schema type, /port in prod: "))
                #expect(text.output.contains("(an admin lets it pass with --override schema-breaks)"))
                let json = try await apply("list.yaml", "--dry-run", "-o", "json", bench: bench, at: registry)
                #expect(try json.object()["valid"] == .bool(false))
                #expect(try findings(json).map { $0["environment"] } == [.string("dev"), .string("prod")])

                // What the dry run lets pass is what the registry lets pass.
                let overrides = ["--override", "schema", "--override", "schema-breaks"]
                let passing = try await bench.configbus(
                    ["apply", bench.path("list.yaml"), "--dry-run"] + overrides, at: registry)
                #expect(passing.status == .exited(0), "\(passing.output)")
                let refused = try await apply("list.yaml", bench: bench, at: registry)
                #expect(refused.status == .exited(1))
                let made = try await bench.configbus(["apply", bench.path("list.yaml")] + overrides, at: registry)
                #expect(made.status == .exited(0), "\(made.errors)")
                #expect(made.lines.contains("prod version 1 does not fit:"))
            }
        }

        @Test func aDryRunSaysThatASchemaCannotBeUsed() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try write(#"{"type": "strin"}"#, "config/_schema/parsing.json", bench)
                let result = try await apply("config", "--dry-run", bench: bench, at: registry)
                #expect(result.status == .exited(1))
                #expect(result.output.contains("\nschema of parsing: ") && result.output.contains("/type"))
            }
        }

        @Test func aDryRunChecksWhatADeletionLeavesBehind() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await registry.publish(#"{"port": 1}"#, as: key("default"))
                try await registry.publish("{}", as: bench.parsing)
                let schema = #"{"required": ["port"]}"#
                let put = try await bench.configbus(
                    "schema", "put", "parsing", "--checks", "merged", at: registry, input: schema)
                #expect(put.status == .exited(0), "\(put.errors)")
                try write("documents: [{service_name: parsing, delete: true}]", "one.yaml", bench)
                let one = try await apply("one.yaml", "--dry-run", bench: bench, at: registry)
                #expect(one.status == .exited(1))
                #expect(one.lines.last?.contains("schema required, the whole document in prod: ") == true)
                #expect(try await apply("one.yaml", bench: bench, at: registry).status == .exited(1))
                // Both together leave nothing that does not fit.
                try write(
                    """
                    documents:
                    - {service_name: parsing, delete: true}
                    - {service_name: parsing, environment: prod, config_data: {port: 2}}
                    """, "both.yaml", bench)
                let both = try await apply("both.yaml", "--dry-run", bench: bench, at: registry)
                #expect(both.status == .exited(0), "\(both.output)")
                #expect(try await apply("both.yaml", bench: bench, at: registry).status == .exited(0))
            }
        }

        @Test func aDryRunSaysWhatIsNotAtItsVersionAndWhatIsWrongWithTheCommentOfADeletion() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await registry.publish("{}", as: bench.parsing)
                try write(
                    "documents: [{service_name: parsing, environment: prod, delete: true, expected_version: 7}]",
                    "list.yaml", bench)
                let secret = "-----BEGIN PRIVATE KEY-----"
                let result = try await apply(
                    "list.yaml", "--dry-run", "--comment=\(secret)", "-o", "json", bench: bench, at: registry)
                #expect(result.status == .exited(1))
                #expect(try findings(result).map { $0["pointer"] } == [.string("comment")])
                #expect(
                    try result.object()["problems"]?.description.contains("It is at version 1, not at version 7.")
                        == true)
            }
        }
    }
}
