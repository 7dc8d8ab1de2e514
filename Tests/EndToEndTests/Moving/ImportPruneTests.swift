import ConfigModel
import Foundation
import RegistryClient
import TestSupport
import Testing

extension CommandLineTests {
    /// import --prune.
    @Suite struct ImportPruneTests {
        @Test(arguments: CommandStore.there)
        func onlyEnvironmentsThatHaveAFolderArePruned(store: CommandStore) async throws {
            try await withBench { bench in
                let registry = try await bench.startRegistry(on: store)
                for environment in ["dev", "prod", "test"] {
                    for service in ["a", "b"] {
                        try await registry.publish("{}", as: DocumentKey(service: service, environment: environment))
                    }
                }
                let folder = try DocumentFolder("config", in: bench)
                try folder.write("{}", to: "prod/a.json")
                try FileManager.default.createDirectory(
                    atPath: "\(folder.path)/dev", withIntermediateDirectories: false)
                let plan = try await bench.configbus("import", folder.path, "--prune", "--check", at: registry)
                #expect(plan.status == .exited(1))
                #expect(
                    plan.output == """
                        = a/prod is unchanged, version 1
                        - a/dev is deleted, version 1
                        - b/dev is deleted, version 1
                        - b/prod is deleted, version 1
                        3 documents would change.

                        """)
                #expect(try await registry.contentHashes().count == 6)
                let made = try await bench.configbus("import", folder.path, "--prune", at: registry)
                #expect(made.status == .exited(0) && made.lines.last == "3 documents changed, 1 unchanged.")
                #expect(Set(try await registry.contentHashes().keys) == ["a/prod", "a/test", "b/test"])
            }
        }

        /// A manifest of an export that did not end, that does not say what the export saw, or that says what no export says.
        @Test(arguments: [
            #"{"format":1,"complete":false,"readable":["a/prod"]}"#, #"{"format":1}"#,
            #"{"format":1,"readable":["a"]}"#, #"{"format":1,"prefix":5}"#, #"{"format":1,"prefix":["a"]}"#,
        ])
        func nothingIsPrunedByAManifestThatMayNotNameAll(manifest: String) async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                for service in ["a", "b"] { try await registry.publish("{}", as: DocumentKey(service: service)) }
                let folder = try DocumentFolder("config", in: bench)
                try folder.write("{}", to: "default/a.json")
                try folder.write(manifest, to: "configbus-export.json")
                let result = try await bench.configbus("import", folder.path, "--prune", at: registry)
                #expect(result.status == .exited(1))
                #expect(result.errors.contains("Nothing was changed"))
                #expect(Set(try await registry.contentHashes().keys) == ["a/default", "b/default"])
            }
        }

        @Test func anUpdateOfOneNameKeepsWhatIsCheckedWithOtherSchemas() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                for service in ["a", "b"] {
                    try await registry.publish("{}", as: DocumentKey(service: service))
                    let schema = bench.path("\(service).schema.json")
                    try #"{"type": "object"}"#.write(toFile: schema, atomically: true, encoding: .utf8)
                    _ = try await bench.configbus("schema", "put", service, schema, "--checks", "merged", at: registry)
                }
                let folder = try DocumentFolder("config", in: bench)
                _ = try await bench.configbus("export", folder.path, at: registry)
                let before = try String(contentsOfFile: "\(folder.path)/configbus-export.json", encoding: .utf8)
                _ = try await bench.configbus("export", folder.path, "--update", "--prefix", "a", at: registry)
                let after = try String(contentsOfFile: "\(folder.path)/configbus-export.json", encoding: .utf8)
                #expect(before.ranges(of: #""checks": "merged""#).count == 2)
                #expect(after.ranges(of: #""checks": "merged""#).count == 2)
            }
        }

        @Test func anExportOfOneNameIsPrunedBelowThatNameAlone() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                for service in ["tenants.acme", "tenants.acme.web", "tenants.acme2", "z"] {
                    try await registry.publish("{}", as: DocumentKey(service: service))
                }
                let folder = try DocumentFolder("config", in: bench)
                _ = try await bench.configbus("export", folder.path, "--prefix", "tenants.acme", at: registry)
                #expect(
                    try folder.files() == [
                        "configbus-export.json", "default/tenants.acme.json", "default/tenants.acme.web.json",
                    ])
                try folder.remove("default/tenants.acme.web.json")
                _ = try await bench.configbus("import", folder.path, "--prune", at: registry)
                #expect(
                    Set(try await registry.contentHashes().keys) == [
                        "tenants.acme/default", "tenants.acme2/default", "z/default",
                    ])
            }
        }
    }
}

/// import at a registry whose callers need a token.
@Suite(.timeLimit(.minutes(3)), .showsProcesses) struct GrantedImportTests {
    @Test(arguments: [
        (["publisher:#/prod"], ["--prune"], "b/prod: it needs a grant 'admin:b/prod'"),
        (["publisher:a/prod", "reader:#/*"], [], "new/prod: it needs a grant 'publisher:new/prod'"),
        (["publisher:#/*"], ["--schema"], "schema of a: it needs a grant 'admin:a/*'"),
    ])
    func whatTheCallerMayNotDoIsRefusedBeforeAnythingIsDone(
        grants: [String], arguments: [String], says: String
    ) async throws {
        try await withAccess { access in
            for service in ["a", "b"] {
                _ = try await access.run("publish", service, "-e", "prod", input: "{}")
            }
            let folder = try DocumentFolder("config", in: access.bench)
            for service in ["a", "new"] { try folder.write(#"{"n": 1}"#, to: "prod/\(service).json") }
            if arguments == ["--schema"] { try folder.write("{}", to: "_schema/a.json") }
            let made = try await access.run(["token", "create", "ci"] + grants.flatMap { ["--grant", $0] })
            let token = made.output.trimmingCharacters(in: .newlines)
            let flags = arguments.filter { $0 == "--prune" }
            let refused = try await access.run(["import", folder.path] + flags, token: token)
            #expect(refused.status == .exited(4))
            #expect(refused.errors.contains("Nothing was changed: 'ci' may not make 1 change."), "\(refused.errors)")
            #expect(refused.errors.contains("  \(says)"), "\(refused.errors)")
            let list = try await access.run("list", "-e", "prod", "-o", "json")
            #expect(!list.output.contains("new") && !list.output.contains(#""version":2"#))
        }
    }

    @Test func whatAnExportCouldNotSeeIsNotPruned() async throws {
        try await withAccess { access in
            for service in ["a", "b", "c"] { _ = try await access.run("publish", service, "-e", "prod", input: "{}") }
            let grants = ["--grant", "reader:a/prod", "--grant", "reader:b/prod"]
            let made = try await access.run(["token", "create", "ci"] + grants)
            let token = made.output.trimmingCharacters(in: .newlines)
            let folder = try DocumentFolder("config", in: access.bench)
            let exported = try await access.run(["export", folder.path], token: token)
            #expect(exported.status == .exited(0) && exported.output.hasPrefix("2 documents exported"))
            #expect(
                exported.errors.contains("the export has what its token may read (a/prod, b/prod)"),
                "\(exported.errors)")
            #expect(try folder.text(of: "configbus-export.json").contains(#""readable": ["#))
            try folder.remove("prod/b.json")
            let pruned = try await access.run("import", folder.path, "--prune")
            #expect(pruned.status == .exited(0) && pruned.output.contains("- b/prod is deleted"), "\(pruned.errors)")
            #expect(pruned.errors.contains("1 document without a file stays, because the export could not see it"))
            let list = try await access.run("list", "-e", "prod", "-o", "json")
            #expect(list.output.contains(#""c""#) && !list.output.contains(#""b""#), "\(list.output)")
            // With what an administrator sees it is about all of them.
            let whole = try await access.run("export", folder.path, "--update")
            #expect(whole.status == .exited(0) && whole.errors.isEmpty, "\(whole.errors)")
            try folder.remove("prod/c.json")
            let rest = try await access.run("import", folder.path, "--prune")
            #expect(rest.output.contains("- c/prod is deleted") && rest.errors.isEmpty, "\(rest.errors)")
        }
    }

    @Test func aReaderComparesAndChecks() async throws {
        try await withAccess { access in
            _ = try await access.run("publish", "a", "-e", "prod", input: "{}")
            let folder = try DocumentFolder("config", in: access.bench)
            for service in ["a", "new"] { try folder.write(#"{"n": 1}"#, to: "prod/\(service).json") }
            let made = try await access.run("token", "create", "ci", "--grant", "reader:#/prod")
            let token = made.output.trimmingCharacters(in: .newlines)
            for (flags, status) in [(["--check"], 1), (["--dry-run"], 0), (["--check", "--prune"], 1)] {
                let shown = try await access.run(["import", folder.path] + flags, token: token)
                #expect(shown.status == .exited(Int32(status)), "\(flags) \(shown.errors)")
                #expect(shown.output.contains("~ a/prod changes") && shown.lines.last == "2 documents would change.")
            }
            let refused = try await access.run(["import", folder.path], token: token)
            #expect(refused.status == .exited(4) && refused.errors.contains("'publisher:new/prod'"))
            try folder.write("{}", to: "dev/a.json")
            let hidden = try await access.run(["import", folder.path, "--check"], token: token)
            #expect(hidden.status == .exited(4) && hidden.errors.contains("'reader:a/dev'"), "\(hidden.errors)")
        }
    }

    @Test func aPublisherImportsAndAnAdministratorPrunes() async throws {
        try await withAccess { access in
            _ = try await access.run("publish", "b", "-e", "prod", input: "{}")
            let folder = try DocumentFolder("config", in: access.bench)
            try folder.write("{}", to: "prod/a.json")
            let made = try await access.run("token", "create", "ci", "--grant", "publisher:#/prod")
            let token = made.output.trimmingCharacters(in: .newlines)
            let imported = try await access.run(["import", folder.path], token: token)
            #expect(imported.status == .exited(0), "\(imported.errors)")
            let pruned = try await access.run("import", folder.path, "--prune")
            #expect(pruned.status == .exited(0) && pruned.output.contains("- b/prod is deleted"))
        }
    }
}
