import ConfigModel
import Foundation
import TestSupport
import Testing

extension CommandLineTests {
    /// schema put, get, check, history, diff, delete.
    @Suite struct SchemaCommandTests {
        private static let integer = #"{"properties":{"port":{"type":"integer"}}}"#
        private static let string = #"{"properties":{"port":{"type":"string"}}}"#

        private func put(
            _ schema: String, _ arguments: String..., bench: TestBench, at registry: RunningRegistry
        ) async throws -> CommandResult {
            try await bench.configbus(["schema", "put", "parsing"] + arguments, at: registry, input: schema)
        }

        @Test func aSchemaIsPutInForceShownAndRefusesWhatDoesNotFit() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                let put = try await put(Self.integer, "-c", "why", bench: bench, at: registry)
                #expect(put.status == .exited(0))
                #expect(put.output.hasPrefix("The schema of parsing is in force: version 1 by "))
                let get = try await bench.configbus("schema", "get", "parsing", "-o", "json", at: registry)
                #expect(get.output == Self.integer + "\n")
                let refused = try await bench.configbus(
                    "publish", "parsing", "-e", "prod", at: registry, input: #"{"port": "x"}"#)
                #expect(refused.status == .exited(1))
                #expect(refused.errors.contains("  schema type, /port: "))
                let again = try await self.put(Self.integer, bench: bench, at: registry)
                #expect(again.output == "The schema of parsing is unchanged: version 1 is this one.\n")
            }
        }

        @Test func documentsThatDoNotFitAreNamedAndPassedOnlyByName() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await registry.publish(#"{"port": "x"}"#, as: bench.parsing)
                let dry = try await put(Self.integer, "--dry-run", bench: bench, at: registry)
                #expect(dry.status == .exited(1))
                #expect(dry.lines.first == "prod version 1 does not fit:")
                #expect(dry.lines[1].hasPrefix("  schema type, /port in prod: "))
                let refused = try await put(Self.integer, bench: bench, at: registry)
                #expect(refused.status == .exited(1))
                #expect(refused.errors.contains("  prod version 1 does not fit:"))
                let json = try await put(Self.integer, "-o", "json", bench: bench, at: registry)
                #expect(try json.object()["breaks"] != nil)
                let passed = try await put(Self.integer, "--override", "schema-breaks", bench: bench, at: registry)
                #expect(passed.status == .exited(0))
                #expect(passed.lines.contains("prod version 1 does not fit:"))
            }
        }

        @Test func checkLooksAtHeadsAndAtWhatARollbackCouldBringBack() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await registry.publish(#"{"port": "x"}"#, as: bench.parsing)
                try await registry.publish(#"{"port": 1}"#, as: bench.parsing)
                _ = try await put(Self.integer, bench: bench, at: registry)
                let heads = try await bench.configbus("schema", "check", "parsing", at: registry)
                #expect(heads.status == .exited(0))
                let history = try await bench.configbus("schema", "check", "parsing", "--history", "20", at: registry)
                #expect(history.status == .exited(1))
                #expect(history.lines.first == "prod version 1 does not fit:")
                let file = bench.path("other.json")
                try Data(Self.string.utf8).write(to: URL(fileURLWithPath: file))
                let other = try await bench.configbus("schema", "check", "parsing", file, "-o", "json", at: registry)
                #expect(other.status == .exited(1))
                #expect(try other.object()["valid"] == .bool(false))
            }
        }

        @Test(arguments: [["put", "parsng", "--dry-run"], ["check", "parsng", "-"]])
        func aServiceWithoutDocumentsIsPointedOut(command: [String]) async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await registry.publish("{}", as: bench.parsing)
                let result = try await bench.configbus(["schema"] + command, at: registry, input: Self.integer)
                #expect(result.status == .exited(0))
                #expect(result.errors.hasPrefix("warning: parsng has no document in any environment"))
            }
        }

        @Test func noCommandShowsTheReservedEnvironment() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                _ = try await put(Self.integer, bench: bench, at: registry)
                for command in [
                    ["history", "parsing"], ["get", "parsing"], ["check", "parsing"], ["delete", "parsing"],
                ] {
                    for format in ["json", "text"] {
                        let result = try await bench.configbus(["schema"] + command + ["-o", format], at: registry)
                        #expect(!(result.output + result.errors).contains("~"), "\(command)")
                    }
                }
            }
        }

        @Test func itsVersionsAreListedAndComparedAndItEnds() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                _ = try await put(Self.integer, bench: bench, at: registry)
                _ = try await put(Self.string, "-c", "a name", bench: bench, at: registry)
                let history = try await bench.configbus("schema", "history", "parsing", at: registry)
                #expect(history.lines.count == 3)
                #expect(history.lines[1].contains("schema.properties.port.type"))
                #expect(history.lines[1].hasSuffix("a name"))
                let diff = try await bench.configbus("schema", "diff", "parsing", at: registry)
                #expect(
                    diff.output == """
                        The schema of parsing, version 1 -> 2
                        ~ schema.properties.port.type: "integer" -> "string"

                        """)
                let old = try await bench.configbus(
                    "schema", "get", "parsing", "--version", "1", "-o", "json", at: registry)
                #expect(old.output == Self.integer + "\n")
                let deleted = try await bench.configbus("schema", "delete", "parsing", at: registry)
                #expect(deleted.output == "The schema of parsing is out of force with version 3.\n")
                let gone = try await bench.configbus("schema", "get", "parsing", at: registry)
                #expect(gone.status == .exited(1))
            }
        }
    }
}
