import ConfigModel
import Foundation
import RegistryClient
import TestSupport
import Testing

@testable import configbus

extension CommandLineTests {
    /// export.
    @Suite struct ExportTests {
        @Test(arguments: CommandStore.there)
        func aNewFolderGetsAFileForEachLivingDocumentAndSchema(store: CommandStore) async throws {
            try await withBench { bench in
                let registry = try await bench.startRegistry(on: store)
                try await registry.publish(#"{"b": 1.0, "a": 2}"#, as: bench.parsing)
                try await registry.publish("{}", as: DocumentKey(service: "gone"))
                _ = try await registry.client.delete(DocumentKey(service: "gone"))
                let schema = SchemaDocument(schema: try JSONValue(parsing: #"{"type": "object"}"#), checks: .merged)
                _ = try await registry.client.putSchema(schema, of: "parsing")
                let folder = try DocumentFolder("new/config", in: bench)
                try FileManager.default.removeItem(atPath: folder.path)
                let made = try await bench.configbus("export", folder.path, at: registry)
                #expect(made.status == .exited(0))
                #expect(made.output == "1 document and 1 schema exported to \(folder.path).\n")
                #expect(
                    try folder.files() == ["_schema/parsing.json", "configbus-export.json", "prod/parsing.json"])
                #expect(try folder.text(of: "prod/parsing.json") == "{\"a\":2,\"b\":1.0}\n")
                guard case .object(let manifest) = try JSONValue(parsing: folder.text(of: "configbus-export.json"))
                else {
                    throw NotAnObject(line: "the manifest")
                }
                #expect(manifest["format"] == .number(JSONNumber(1)))
                #expect(manifest["registry"] == .string(registry.url))
                #expect(try await registry.history(of: bench.parsing)[0].epoch.description == manifest.text("epoch"))
                let check = try await bench.configbus("import", folder.path, "--check", at: registry)
                #expect(check.status == .exited(0), "\(check.output)")

                let other = try await bench.startEmbedded(directory: "other")
                _ = try await bench.configbus("import", folder.path, at: other)
                // What is checked with it comes along.
                #expect(try await other.client.schema(of: "parsing").document == schema)
            }
        }

        @Test func filesOfAnotherFolderAreNotTouchedWithoutUpdate() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                let folder = try DocumentFolder("config", in: bench)
                try folder.write("mine", to: "README.md")
                let refused = try await bench.configbus(["export", folder.path], at: registry)
                #expect(refused.status == .exited(1) && refused.output.isEmpty)
                let file = try await bench.configbus("export", "\(folder.path)/README.md", at: registry)
                #expect(file.status == .exited(1) && file.errors.contains("is no directory"))
                #expect(try folder.files() == ["README.md"])
                let away = try await bench.configbus("export", bench.path("new"), "--url", "http://127.0.0.1:9")
                #expect(away.status == .exited(3) && !FileManager.default.fileExists(atPath: bench.path("new")))
            }
        }

        @Test func updateKeepsWhatSaysTheSameAndTheNotationOfAFileAndRemovesNothing() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                for service in ["same", "other", "new", "null"] {
                    try await registry.publish(
                        service == "null" ? #"{"a": null}"# : #"{"a": 1}"#,
                        as: DocumentKey(service: service, environment: "prod"))
                }
                let folder = try DocumentFolder("config", in: bench)
                try folder.write("# why\na: 1\n", to: "prod/same.yaml")
                try folder.write("a = 2 # old\n", to: "prod/other.toml")
                try folder.write("a = 2\n", to: "prod/null.toml")
                try folder.write("{}", to: "prod/gone.json")
                let made = try await bench.configbus("export", folder.path, "--update", at: registry)
                #expect(made.status == .exited(1))
                #expect(made.errors.contains("prod/gone.json stays"))
                #expect(made.errors.contains("  prod/null.toml: /a is null"), "\(made.errors)")
                #expect(try folder.text(of: "prod/same.yaml") == "# why\na: 1\n")
                #expect(try folder.text(of: "prod/other.toml") == "a = 1\n")
                #expect(try folder.text(of: "prod/new.json") == "{\"a\":1}\n")
                #expect(try folder.text(of: "prod/null.toml") == "a = 2\n")
                try folder.remove("prod/null.toml")
                let manifest = try folder.text(of: "configbus-export.json")
                let again = try await bench.configbus("export", folder.path, "--update", "-o", "json", at: registry)
                #expect(again.status == .exited(0))
                #expect(try again.object()["written"] == .number(JSONNumber(1)))
                // Nothing else is another one, so that the moment alone makes no difference in a version control.
                #expect(try folder.text(of: "configbus-export.json") == manifest)
            }
        }

        @Test func aLinkIsNeverWrittenThrough() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await registry.publish(#"{"a": 1}"#, as: bench.parsing)
                let folder = try DocumentFolder("config", in: bench)
                let victim = try DocumentFolder("victim", in: bench)
                try victim.write("{}", to: "parsing.json")
                try FileManager.default.createSymbolicLink(
                    atPath: "\(folder.path)/prod", withDestinationPath: victim.path)
                let refused = try await bench.configbus("export", folder.path, "--update", at: registry)
                #expect(refused.status == .exited(1) && refused.errors.contains("prod: it is a symbolic link"))
                #expect(try victim.text(of: "parsing.json") == "{}")
            }
        }

        @Test func whatANotationCannotSayIsJSONAndNamed() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await registry.publish(#"{"a": null}"#, as: bench.parsing)
                try await registry.publish("{}", as: DocumentKey(service: "empty"))
                let folder = try DocumentFolder("config", in: bench)
                let made = try await bench.configbus("export", folder.path, "--format", "toml", at: registry)
                #expect(made.status == .exited(0))
                #expect(made.errors.contains("warning: prod/parsing.json is JSON: /a is null"))
                #expect(made.errors.contains("warning: default/empty.json is JSON: "))
                #expect(try await bench.configbus("import", folder.path, "--check", at: registry).status == .exited(0))
            }
        }
    }
}

extension JSONObject {
    fileprivate func text(_ name: String) -> String? {
        if case .string(let text)? = self[name] { text } else { nil }
    }
}
