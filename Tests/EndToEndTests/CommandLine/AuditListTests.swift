import ConfigModel
import Foundation
import RegistryAPI
import RegistryClient
import TestSupport
import Testing

extension CommandLineTests {
    /// `audit list`, the history of schemas, and the registry's key.
    @Suite struct AuditListTests {
        private func change(_ registry: RunningRegistry, _ bench: TestBench) async throws {
            for (number, author) in [(1, "ann"), (2, "ben"), (3, "ann")] {
                _ = try await registry.client.publish(
                    Content(parsing: Array(#"{"db":{"port":\#(number)}}"#.utf8)), as: bench.parsing,
                    WriteOptions(comment: "number \(number)\nmore", createdBy: author))
            }
            let schema = bench.path("parsing.schema.json")
            try #"{"type": "object"}"#.write(toFile: schema, atomically: true, encoding: .utf8)
            let put = try await bench.configbus("schema", "put", "parsing", schema, "--author", "eve", at: registry)
            #expect(put.status == .exited(0), "\(put.errors)")
        }

        private func found(
            _ arguments: [String], _ bench: TestBench, _ registry: RunningRegistry
        ) async throws -> [JSONObject] {
            let result = try await bench.configbus(["audit", "list", "-o", "json"] + arguments, at: registry)
            guard case .array(let entries) = try result.json() else { throw NotAnObject(line: result.output) }
            return try entries.map { entry in
                guard case .object(let object) = entry else { throw NotAnObject(line: entry.description) }
                return object
            }
        }

        @Test func flagsNarrowWhatIsShownAndPagesAreJoined() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await change(registry, bench)
                for (arguments, count) in [
                    ([], 4), (["--author", "ann"], 2), (["--limit", "3"], 3), (["-e", "~schema"], 1), (["par"], 0),
                    (["parsing", "--since", "7d"], 4), (["--since", "2999-01-01"], 0), (["--until", "1h"], 0),
                    (["--type", "created", "-e", "prod"], 1), (["--service", "parsing", "--type", "updated"], 2),
                    (["--overrides"], 0), (["--correlation-id", "none"], 0),
                ] {
                    #expect(try await found(arguments, bench, registry).count == count, "\(arguments)")
                }
                for number in 1...201 { try await registry.publish(#"{"n": \#(number)}"#, as: bench.parsing) }
                #expect(try await found(["--limit", "1000"], bench, registry).count == 205)
            }
        }

        @Test func textIsALineForEachChangeAndWithValuesWhatChanged() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await change(registry, bench)
                let lines = try await bench.configbus("audit", "list", at: registry).output.split(separator: "\n")
                #expect(lines.count == 5)
                #expect(
                    lines[0].hasPrefix("WHEN") && lines[1].contains("schema of parsing") && lines[1].contains("eve"))
                #expect(lines[2].hasSuffix("parsing/prod       3        updated  ann  number 3 | more"))
                let values = try await bench.configbus(
                    "audit", "list", "parsing", "-e", "prod", "--values", "--limit", "1", at: registry)
                #expect(
                    values.output.hasSuffix(
                        "parsing/prod version 3 updated by ann  number 3 | more\n  ~ db.port: 2 -> 3\n"))
                let json = try await found(["-e", "prod", "--values", "--limit", "1"], bench, registry)
                #expect(json[0]["old_value"]?.description == #"{"db":{"port":2}}"#)
                let nothing = try await bench.configbus("audit", "list", "--author", "none", at: registry)
                #expect(nothing.output == "Nothing was changed that fits.\n")
                let wrong = try await bench.configbus("audit", "list", "--type", "removed", at: registry)
                #expect(wrong.status == .exited(2))
            }
        }

        @Test func theHistoryOfASchemaIsSearchedLikeThatOfADocument() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await change(registry, bench)
                for (arguments, text) in [
                    (["--author", "eve"], "eve"), (["--path", "schema.type", "--since", "1d"], "eve"),
                    (["--author", "ann"], "No version of schema of parsing fits --author."),
                    (["--before", "1"], "There is no older version of schema of parsing."),
                ] {
                    let result = try await bench.configbus(["schema", "history", "parsing"] + arguments, at: registry)
                    #expect(result.status == .exited(0) && result.output.contains(text), "\(result.output)")
                }
            }
        }

        @Test func theRegistrySaysWithWhichKeyItSigns() async throws {
            try await withBench { bench in
                let keys = try await bench.keys()
                let signing = try await bench.startEmbedded(["--signing-key", keys.private])
                let listed = try await bench.configbus("keys", "list", at: signing)
                let local = try await bench.configbus("keys", "list", keys.private)
                #expect(listed.status == .exited(0) && listed.output == local.output)
            }
        }
    }
}
