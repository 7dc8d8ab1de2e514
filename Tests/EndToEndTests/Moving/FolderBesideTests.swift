import ConfigModel
import Foundation
import TestSupport
import Testing

extension CommandLineTests {
    /// Folders of documents that people keep under version control.
    @Suite struct FolderBesideTests {
        @Test func whatIsNoDocumentIsLeftAndNamedOnce() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                let folder = try DocumentFolder("config", in: bench)
                try folder.write("[core]", to: ".git/config")
                try await registry.publish(#"{"a": 1}"#, as: bench.parsing)
                let exported = try await bench.configbus("export", folder.path, at: registry)
                #expect(exported.status == .exited(0), "\(exported.errors)")
                for file in [
                    "README.md", "LICENSE", "scripts/deploy.sh", "my docs/a/b.txt", "prod/README.md", "prod/.gitkeep",
                ] {
                    try folder.write("x", to: file)
                }
                let check = try await bench.configbus("import", folder.path, "--check", "--prune", at: registry)
                #expect(check.status == .exited(0), "\(check.errors)")
                #expect(
                    check.errors
                        == "warning: LICENSE, README.md, my docs/, prod/README.md, scripts/: left out, because there is no document in them.\n"
                )
                try await registry.publish(#"{"a": 2}"#, as: bench.parsing)
                let updated = try await bench.configbus("export", folder.path, "--update", at: registry)
                #expect(updated.status == .exited(0) && updated.errors.isEmpty, "\(updated.errors)")
                #expect(try folder.text(of: "prod/parsing.json") == "{\"a\":2}\n")
                #expect(try folder.text(of: "README.md") == "x" && folder.text(of: ".git/config") == "[core]")
                let applied = try await bench.configbus("apply", folder.path, "--dry-run", at: registry)
                #expect(applied.status == .exited(0) && applied.errors.contains("warning: LICENSE, README.md"))
            }
        }

        /// What looks like a document and lies where none is read.
        @Test(arguments: [
            ("parsing.json", "parsing.json: a document lies in a folder"),
            ("prod/team/parsing.yaml", "prod/team/: an environment has no folders"),
            ("my config/parsing.toml", "my config/: 'my config' is not an environment name"),
            ("prod/parsing.jsn", "prod/parsing.jsn: it ends in none of"),
        ])
        func aDocumentInAWrongPlaceIsNoneThatIsLeftOut(file: String, says: String) async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                let folder = try DocumentFolder("config", in: bench)
                try folder.write("{}", to: "prod/good.json")
                try folder.write("{}", to: file)
                let refused = try await bench.configbus("import", folder.path, at: registry)
                #expect(refused.status == .exited(1) && refused.errors.contains("  \(says)"), "\(refused.errors)")
                #expect(try await registry.contentHashes().isEmpty)
            }
        }
    }
}
