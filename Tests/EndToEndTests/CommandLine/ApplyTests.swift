import ConfigModel
import Foundation
import RegistryClient
import TestSupport
import Testing

extension CommandLineTests {
    /// apply.
    @Suite struct ApplyTests {
        private func write(_ text: String, _ path: String, _ bench: TestBench) throws {
            let url = URL(fileURLWithPath: bench.path(path))
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: url)
        }

        @Test(arguments: CommandStore.there)
        func aDirectoryIsShownThenAppliedAsOneChangeSetThenUnchanged(store: CommandStore) async throws {
            try await withBench { bench in
                let registry = try await bench.startRegistry(on: store)
                try await registry.publish(#"{"pool": {"max": 100}}"#, as: bench.parsing)
                let same = try DocumentKey(service: "same", environment: "dev")
                try await registry.publish(#"{"a": 1}"#, as: same)
                try write("pool:\n  max: 500\n", "config/prod/parsing.yaml", bench)
                try write(#"{"b": 1}"#, "config/dev/new.json", bench)
                try write("a = 1\n", "config/dev/same.toml", bench)

                let plan = try await bench.configbus("apply", bench.path("config"), "--dry-run", at: registry)
                #expect(
                    plan.output == """
                        + new/dev is created
                        = same/dev is unchanged, version 1
                        ~ parsing/prod changes, version 1
                            ~ pool.max: 100 -> 500
                        2 documents would change.

                        """)
                #expect(try await registry.history(of: bench.parsing).count == 1)
                let made = try await bench.configbus(
                    "apply", bench.path("config"), "-c", "more", "-o", "json", at: registry)
                #expect(made.status == .exited(0))
                #expect(try made.object()["changeset_size"]?.description == "2")
                #expect(try await registry.history(of: bench.parsing).last?.comment == "more")
                #expect(try await registry.history(of: same).count == 1)
                let again = try await bench.configbus("apply", bench.path("config"), at: registry)
                #expect(again.lines.last == "Nothing was changed.")
            }
        }

        @Test(arguments: CommandStore.there)
        func aCommandThatIsRepeatedUnderItsKeySaysThatNothingChanged(store: CommandStore) async throws {
            try await withBench { bench in
                let registry = try await bench.startRegistry(on: store)
                try write(#"{"k": 1}"#, "config/prod/parsing.json", bench)
                let apply = ["apply", bench.path("config"), "--idempotency-key", "k1"]
                _ = try await bench.configbus(apply, at: registry)
                _ = try await bench.configbus("set", "parsing", "k=9", "-e", "prod", at: registry)
                let again = try await bench.configbus(apply, at: registry)
                #expect(
                    again.lines.last
                        == "parsing/prod: this command made version 1 before, and changed nothing now. The newest version is 2."
                )
                let json = try await bench.configbus(apply + ["-o", "json"], at: registry)
                #expect(json.output.contains(#""repeated":true"#) || json.output.contains(#""repeated": true"#))
                #expect(try await registry.history(of: bench.parsing).count == 2)
            }
        }

        @Test(arguments: CommandStore.there)
        func aListPatchesRestoresAndDeletes(store: CommandStore) async throws {
            try await withBench { bench in
                let registry = try await bench.startRegistry(on: store)
                for number in 1...2 { try await registry.publish(#"{"n": \#(number), "a": 1}"#, as: bench.parsing) }
                for service in ["b", "c", "d"] {
                    for number in 1...2 {
                        try await registry.publish(#"{"n": \#(number)}"#, as: DocumentKey(service: service))
                    }
                }
                try write(
                    """
                    comment: from the list
                    documents:
                    - {service_name: parsing, environment: prod, merge_patch: {a: null}}
                    - {service_name: b, patch: [{op: replace, path: /n, value: 7}], expected_version: 2}
                    - {service_name: c, restore_version: 1}
                    - {service_name: d, delete: true}
                    """, "list.yaml", bench)
                let result = try await bench.configbus("apply", bench.path("list.yaml"), at: registry)
                #expect(result.status == .exited(0))
                func head(_ key: DocumentKey) async throws -> VersionRecord {
                    try #require(try await registry.history(of: key).last)
                }
                #expect(try await head(bench.parsing).content.bytes == Array(#"{"n":2}"#.utf8))
                #expect(try await head(DocumentKey(service: "b")).content.bytes == Array(#"{"n":7}"#.utf8))
                #expect(try await head(DocumentKey(service: "c")).restoredFrom == 1)
                #expect(try await head(DocumentKey(service: "d")).changeType == .deleted)
                #expect(try await head(bench.parsing).comment == "from the list")
            }
        }

        @Test(arguments: CommandStore.there)
        func whatIsRefusedIsNamedForEveryDocumentAndNothingIsStored(store: CommandStore) async throws {
            try await withBench { bench in
                let registry = try await bench.startRegistry(on: store)
                for service in ["a", "b", "c"] { try await registry.publish("{}", as: DocumentKey(service: service)) }
                try write(
                    """
                    documents:
                    - {service_name: a, config_data: {x: 1}, expected_version: 7}
                    - {service_name: b, config_data: {x: 1}}
                    - {service_name: c, config_data: {password: hunter2hunter2}}
                    """, "list.yaml", bench)
                let text = try await bench.configbus("apply", bench.path("list.yaml"), at: registry)
                #expect(text.status == .exited(1))
                #expect(text.errors.contains("a/default"))
                #expect(text.errors.contains("  c/default: secret named, /password: "))
                let json = try await bench.configbus("apply", bench.path("list.yaml"), "-o", "json", at: registry)
                guard case .array(let problems)? = try json.object()["problems"] else {
                    throw NotAnObject(line: json.output)
                }
                #expect(problems.count == 2)
                #expect(!(text.errors + json.output + json.errors).contains("hunter2"))
                for service in ["a", "b", "c"] {
                    #expect(try await registry.history(of: DocumentKey(service: service)).count == 1)
                }
            }
        }

        /// What makes no sense on what is there hides nothing of what is wrong with the rest.
        @Test(arguments: CommandStore.there)
        func everythingThatIsWrongIsSaidAtOnce(store: CommandStore) async throws {
            try await withBench { bench in
                let registry = try await bench.startRegistry(on: store)
                for service in ["a", "c"] {
                    try await registry.publish(#"{"n": 1}"#, as: DocumentKey(service: service))
                }
                try write(
                    """
                    documents:
                    - {service_name: none, merge_patch: {x: 1}}
                    - {service_name: gone, delete: true, expected_version: 3}
                    - {service_name: a, patch: [{op: remove, path: /x}]}
                    - {service_name: b, restore_version: 4}
                    - {service_name: a, environment: prod, config_data: {x: 1}, expected_version: 7}
                    - {service_name: c, config_data: {password: hunter2hunter2}}
                    - {service_name: d, schema: {type: colour}}
                    - {service_name: good, config_data: {x: 1}}
                    """, "list.yaml", bench)
                let names = [
                    "none/default: there is no such document to change",
                    "gone/default: there is no such document to delete",
                    "gone/default: It never existed, not at version 3", "a/default: ", "b/default: ",
                    "a/prod: It never existed, not at version 7", "c/default: secret named, /password: ",
                ]
                let apply = ["apply", bench.path("list.yaml")]
                let made = try await bench.configbus(apply, at: registry)
                let shown = try await bench.configbus(apply + ["--dry-run"], at: registry)
                #expect(made.status == .exited(1) && shown.status == .exited(1))
                for name in names {
                    #expect(made.errors.contains(name), "\(made.errors)")
                    #expect(shown.output.contains(name), "\(shown.output)")
                }
                let schema = "The JSON Schema cannot be used: /type: "
                #expect(made.errors.contains(schema) && shown.output.contains(schema), "\(made.errors)")
                #expect(made.errors.contains("Nothing was changed: 7 changes cannot be made."), "\(made.errors)")
                let json = try await bench.configbus(apply + ["-o", "json"], at: registry)
                #expect(json.errors.contains(#""problems""#) || json.output.contains(#""problems""#))
                #expect(!(made.errors + shown.output + json.output + json.errors).contains("hunter2"))
                #expect(try await registry.client.headSummaries().elements.count == 2)
            }
        }

        @Test(arguments: CommandStore.there)
        func moreThanAChangeSetMayHaveIsSaidBeforeAnythingIsDone(store: CommandStore) async throws {
            try await withBench { bench in
                let registry = try await bench.startRegistry(on: store)
                for number in 1...101 { try write("{}", "config/dev/s\(number).json", bench) }
                let result = try await bench.configbus("apply", bench.path("config"), at: registry)
                #expect(result.status == .exited(1))
                #expect(result.errors.contains("101 documents would change, and a change set has at most 100"))
                #expect(try await registry.client.headSummaries().elements.isEmpty)
            }
        }
    }
}
