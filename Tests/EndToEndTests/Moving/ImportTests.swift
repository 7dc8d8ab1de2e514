import ConfigModel
import Foundation
import RegistryAPI
import RegistryClient
import TestSupport
import Testing

extension CommandLineTests {
    /// import of a folder.
    @Suite struct ImportTests {
        @Test(arguments: CommandStore.there)
        func aFolderIsShownThenMadeThenUnchanged(store: CommandStore) async throws {
            try await withBench { bench in
                let registry = try await bench.startRegistry(on: store)
                try await registry.publish(#"{"pool": {"max": 100}}"#, as: bench.parsing)
                let folder = try DocumentFolder("config", in: bench)
                try folder.write("pool:\n  max: 500\n", to: "prod/parsing.yaml")
                try folder.write("a = 1\n", to: "dev/new.toml")
                let plan = try await bench.configbus("import", folder.path, "--dry-run", at: registry)
                #expect(plan.status == .exited(0))
                #expect(
                    plan.output == """
                        + new/dev is created
                        ~ parsing/prod changes, version 1
                            ~ pool.max: 100 -> 500
                        2 documents would change.

                        """)
                let check = try await bench.configbus("import", folder.path, "--check", at: registry)
                #expect(check.status == .exited(1) && check.output == plan.output && check.errors.isEmpty)
                #expect(try await registry.history(of: bench.parsing).count == 1)
                let made = try await bench.configbus("import", folder.path, "-c", "from git", at: registry)
                #expect(made.status == .exited(0) && made.lines.last == "2 documents changed.")
                #expect(try await registry.history(of: bench.parsing).last?.comment == "from git")
                let again = try await bench.configbus("import", folder.path, "-o", "json", at: registry)
                guard case .array(let documents)? = try again.object()["documents"] else {
                    throw NotAnObject(line: again.output)
                }
                #expect(documents.count == 2 && again.output.contains(#""action":"unchanged""#))
                #expect(try await bench.configbus("import", folder.path, "--check", at: registry).status == .exited(0))
            }
        }

        /// What a hundred files cannot be, and where that is named.
        static let badFiles: [(file: String, text: String, says: String)] = [
            ("prod/bad.json", "{", "prod/bad.json: The content is not valid JSON. Line 1"),
            ("prod/-x.json", "{}", "prod/-x.json: '-x' is not a service"),
            ("prod/s7.yaml", "n: 1\n", "prod/s7.yaml: s7/prod is in prod/s7.json too."),
            ("prod/notes.txt", "", "prod/notes.txt: it ends in none of"),
            ("prod/secret.json", #"{"password": "hunter2hunter2"}"#, "secret/prod: secret named, /password"),
            ("prod/typed.json", #"{"port": "a"}"#, "typed/prod: schema type, /port"),
        ]

        @Test(arguments: badFiles)
        func oneBadFileOfAHundredLetsNothingBeDone(file: String, text: String, says: String) async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                if file.contains("typed") { try await putSchema(of: "typed", at: registry) }
                let folder = try DocumentFolder("config", in: bench)
                try folder.write(99)
                try folder.write(text, to: file)
                let refused = try await bench.configbus("import", folder.path, at: registry)
                #expect(refused.status == .exited(1))
                #expect(refused.errors.contains("Nothing was changed: "))
                #expect(refused.errors.contains("  \(says)"), "\(refused.errors)")
                #expect(!refused.errors.contains("hunter2") && refused.output.isEmpty)
                #expect(try await registry.contentHashes().isEmpty)
            }
        }

        @Test func everyFileThatIsWrongIsNamedAtOnceAndThenEveryDocumentThatIs() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await putSchema(of: "typed", at: registry)
                let folder = try DocumentFolder("config", in: bench)
                try folder.write(94)
                for bad in Self.badFiles { try folder.write(bad.text, to: bad.file) }
                try FileManager.default.createSymbolicLink(
                    atPath: "\(folder.path)/prod/link.json", withDestinationPath: "s1.json")
                let unreadable = try await bench.configbus("import", folder.path, at: registry)
                #expect(unreadable.errors.contains("has 5 faults"))
                let files = Self.badFiles.prefix(4)
                for bad in files { #expect(unreadable.errors.contains("  \(bad.says)"), "\(bad.file)") }
                #expect(unreadable.errors.contains("  prod/link.json: it is a symbolic link"))
                for file in files.map(\.file) + ["prod/link.json"] { try folder.remove(file) }
                let refused = try await bench.configbus("import", folder.path, at: registry)
                #expect(refused.errors.contains("Nothing was changed: 2 changes cannot be made."))
                for bad in Self.badFiles.dropFirst(4) { #expect(refused.errors.contains("  \(bad.says)")) }
                let shown = try await bench.configbus("import", folder.path, "--dry-run", at: registry)
                #expect(shown.status == .exited(1))
                for bad in Self.badFiles.dropFirst(4) { #expect(shown.output.contains(bad.says)) }
                #expect(try await registry.contentHashes().isEmpty)
                let passed = try await bench.configbus(
                    "import", folder.path, "--override", "secret:/password", "--override", "schema", at: registry)
                #expect(passed.status == .exited(0), "\(passed.errors)")
                #expect(!passed.output.contains("hunter2"))
            }
        }

        @Test func whatTheRegistryCannotTakeAtAllHidesNothingOfTheOthers() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded(["--max-content-bytes", "1024"])
                let folder = try DocumentFolder("config", in: bench)
                try folder.write(#"{"t": "\#(String(repeating: "x", count: 2_000))"}"#, to: "prod/big.json")
                try folder.write(#"{"password": "hunter2hunter2"}"#, to: "prod/secret.json")
                let refused = try await bench.configbus("import", folder.path, at: registry)
                #expect(refused.status == .exited(1))
                #expect(refused.errors.contains("Nothing was changed: 2 changes cannot be made."), "\(refused.errors)")
                for says in ["  big/prod: ", "  secret/prod: secret named, /password"] {
                    #expect(refused.errors.contains(says), "\(refused.errors)")
                }
            }
        }

        private func putSchema(of service: String, at registry: RunningRegistry) async throws {
            let schema = try JSONValue(parsing: #"{"properties": {"port": {"type": "integer"}}}"#)
            _ = try await registry.client.putSchema(SchemaDocument(schema: schema), of: service)
        }

        @Test func documentsAreCheckedWithTheSchemaThatComesWithThem() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                let folder = try DocumentFolder("config", in: bench)
                try folder.write(#"{"properties": {"port": {"type": "integer"}}}"#, to: "_schema/typed.json")
                try folder.write(#"{"port": "a"}"#, to: "prod/typed.json")
                let refused = try await bench.configbus("import", folder.path, at: registry)
                #expect(refused.status == .exited(1) && refused.errors.contains("typed/prod: schema type, /port"))
                try folder.write(#"{"port": 1}"#, to: "prod/typed.json")
                let made = try await bench.configbus("import", folder.path, at: registry)
                #expect(made.status == .exited(0), "\(made.errors)")
                // Now the schema is another one, which only the new document fits.
                try folder.write(#"{"properties": {"port": {"type": "string"}}}"#, to: "_schema/typed.json")
                try folder.write(#"{"port": "a"}"#, to: "prod/typed.json")
                let turned = try await bench.configbus("import", folder.path, at: registry)
                #expect(turned.status == .exited(0) && turned.lines.last == "2 documents changed.", "\(turned.errors)")
            }
        }

        @Test(arguments: CommandStore.there)
        func documentsOfServicesBelowOneNameAreChangeSets(store: CommandStore) async throws {
            try await withBench { bench in
                let registry = try await bench.startRegistry(on: store)
                let folder = try DocumentFolder("config", in: bench)
                for number in 0..<120 { try folder.write("{}", to: "prod/tenants.t\(number).json") }
                for service in ["a", "a.b", "c"] { try folder.write("{}", to: "prod/\(service).json") }
                let made = try await bench.configbus("import", folder.path, "--atomic", at: registry)
                #expect(made.status == .exited(0) && made.lines.last == "123 documents changed.", "\(made.errors)")
                var sizes: [String: Int] = [:]
                for record in try await registry.client.heads(.init(limit: 500)).elements {
                    let set = try #require(record.changeSet)
                    sizes[set.id] = set.members.count
                }
                #expect(sizes.values.sorted() == [1, 2, 20, 100])
            }
        }

        @Test func aListOfMoreThanAChangeSetTakesIsImported() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                for number in 0..<2 { try await registry.publish("{}", as: DocumentKey(service: "s\(number)")) }
                let folder = try DocumentFolder("config", in: bench)
                try folder.write(
                    """
                    comment: from the list
                    documents:
                    - {service_name: s0, merge_patch: {a: 1}, expected_version: 1}
                    - {service_name: s1, delete: true}
                    - {service_name: s2, config_data: {x: 1}}
                    """, to: "list.yaml")
                let made = try await bench.configbus("import", "\(folder.path)/list.yaml", at: registry)
                #expect(made.status == .exited(0) && made.lines.last == "3 documents changed.", "\(made.errors)")
                #expect(try await registry.history(of: DocumentKey(service: "s0")).last?.comment == "from the list")
                #expect(try await registry.contentHashes().count == 2)
                let pruned = try await bench.configbus("import", "\(folder.path)/list.yaml", "--prune", at: registry)
                #expect(pruned.status == .exited(2))
            }
        }
    }
}
