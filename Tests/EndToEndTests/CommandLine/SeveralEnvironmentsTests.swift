import ConfigModel
import TestSupport
import Testing

extension CommandLineTests {
    /// publish, set, unset and delete of several environments at once.
    @Suite struct SeveralEnvironmentsTests {
        private static let both = ["-e", "dev", "-e", "prod", "-o", "json"]

        private func dev() throws -> DocumentKey { try DocumentKey(service: "parsing", environment: "dev") }

        @Test(arguments: CommandStore.there)
        func publishMakesOneChangeSetOfAllEnvironmentsAndLeavesOutWhatIsEqual(store: CommandStore) async throws {
            try await withBench { bench in
                let registry = try await bench.startRegistry(on: store)
                let first = try await bench.configbus(
                    ["publish", "parsing"] + Self.both, at: registry, input: #"{"a": 1}"#)
                #expect(first.status == .exited(0))
                #expect(try first.object()["changeset_size"]?.description == "2")
                let records = try await [registry.history(of: dev()), registry.history(of: bench.parsing)].map(\.last)
                #expect(records[0]?.changeSet != nil && records[0]?.changeSet == records[1]?.changeSet)

                try await registry.publish(#"{"a": 2}"#, as: bench.parsing)
                let text = try await bench.configbus(
                    "publish", "parsing", "-e", "dev", "-e", "prod", at: registry, input: #"{"a": 1}"#)
                #expect(text.lines.first?.hasPrefix("change set 1-") == true)
                #expect(text.lines[1] == "= parsing/dev is unchanged, version 1")
                #expect(text.lines[2].hasPrefix("parsing/prod version 3 updated by "))
                #expect(text.lines[3] == "    ~ a: 2 -> 1")
                let equal = try await bench.configbus(
                    "publish", "parsing", "-e", "dev", "-e", "prod", at: registry, input: #"{"a": 1}"#)
                #expect(equal.status == .exited(0))
                #expect(equal.lines.last == "Nothing was changed.")
            }
        }

        @Test(arguments: CommandStore.there)
        func setAndUnsetKeepWhatElseEachEnvironmentHas(store: CommandStore) async throws {
            try await withBench { bench in
                let registry = try await bench.startRegistry(on: store)
                try await registry.publish(#"{"a": 1, "dev": true}"#, as: dev())
                try await registry.publish(#"{"a": 2, "x": 1}"#, as: bench.parsing)
                let set = try await bench.configbus(["set", "parsing", "a=3"] + Self.both, at: registry)
                guard case .array(let documents)? = try set.object()["documents"] else {
                    throw NotAnObject(line: set.output)
                }
                let records = try documents.map { try VersionRecord(json: $0.canonicalBytes) }
                #expect(
                    records.map { String(decoding: $0.content.bytes, as: UTF8.self) } == [
                        #"{"a":3,"dev":true}"#, #"{"a":3,"x":1}"#,
                    ])
                let unset = try await bench.configbus(["unset", "parsing", "a"] + Self.both, at: registry)
                #expect(unset.status == .exited(0))
                #expect(try await registry.history(of: bench.parsing).last?.content.bytes == Array(#"{"x":1}"#.utf8))
            }
        }

        @Test(arguments: CommandStore.there)
        func whatCannotBeDoneInOneEnvironmentIsDoneInNoneAndEachIsNamed(store: CommandStore) async throws {
            try await withBench { bench in
                let registry = try await bench.startRegistry(on: store)
                try await registry.publish(#"{"a": 1}"#, as: bench.parsing)
                let missing = try await bench.configbus(
                    "set", "parsing", "a=2", "-e", "prod", "-e", "dev", "-e", "test", at: registry)
                #expect(missing.status == .exited(1))
                #expect(missing.errors.contains("  parsing/dev: there is no such document to change."))
                #expect(missing.errors.contains("  parsing/test: there is no such document to change."))
                let created = try await bench.configbus(
                    ["publish", "parsing", "--create"] + Self.both, at: registry, input: "{}")
                #expect(created.status == .exited(1))
                #expect(created.errors.contains("parsing/prod exists already"))
                #expect(try await registry.history(of: bench.parsing).count == 1)
                #expect(try await registry.history(of: dev()) == [])
            }
        }

        @Test(arguments: CommandStore.there)
        func deleteAddsATombstoneInEveryEnvironment(store: CommandStore) async throws {
            try await withBench { bench in
                let registry = try await bench.startRegistry(on: store)
                for key in [try dev(), bench.parsing] { try await registry.publish("{}", as: key) }
                let result = try await bench.configbus(["delete", "parsing"] + Self.both, at: registry)
                #expect(result.status == .exited(0))
                for key in [try dev(), bench.parsing] {
                    #expect(try await registry.history(of: key).last?.changeType == .deleted)
                }
            }
        }

        @Test(arguments: CommandStore.there)
        func editsOfSeveralPeopleAtTheSameTimeAllArrive(store: CommandStore) async throws {
            try await withBench { bench in
                let registry = try await bench.startRegistry(on: store)
                for key in [try dev(), bench.parsing] { try await registry.publish("{}", as: key) }
                let edits = try (1...4).map { number in
                    try bench.start(
                        ["set", "parsing", "key\(number)=\(number)"] + Self.both,
                        environment: ["CONFIGBUS_URL": registry.url])
                }
                for edit in edits { #expect(try await edit.waitForExit() == .exited(0)) }
                for key in [try dev(), bench.parsing] {
                    let head = try #require(try await registry.history(of: key).last)
                    #expect(head.version == 5)
                    #expect(try head.content.object.keys == (1...4).map { "key\($0)" })
                }
            }
        }
    }
}
