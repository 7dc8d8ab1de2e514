import ConfigModel
import RegistryClient
import TestSupport
import Testing

extension CommandLineTests {
    /// get, list, history, diff.
    @Suite struct ReadingTests {
        private static let content = #"{"big":18446744073709551617,"db":{"host":"a","port":5432},"ratio":1.0}"#

        @Test func getPrintsTheContentIndentedForPeopleAndCanonicalForPrograms() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await registry.publish(Self.content, as: bench.parsing)
                let text = try await bench.configbus("get", "parsing", "-e", "prod", at: registry)
                #expect(
                    text.output == """
                        {
                          "big": 18446744073709551617,
                          "db": {
                            "host": "a",
                            "port": 5432
                          },
                          "ratio": 1.0
                        }

                        """)
                let json = try await bench.configbus("get", "parsing", "-e", "prod", "-o", "json", at: registry)
                #expect(json.output == Self.content + "\n")
            }
        }

        @Test(arguments: [
            ("db.host", "a"), ("/db/port", "5432\n"), ("ratio", "1.0\n"), ("big", "18446744073709551617\n"),
        ])
        func getPrintsOneValueAStringAsItIsAnythingElseAsJSON(path: String, output: String) async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await registry.publish(Self.content, as: bench.parsing)
                #expect(try await bench.configbus("get", "parsing", path, "-e", "prod", at: registry).output == output)
            }
        }

        @Test func getVersionPrintsAnOlderVersion() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                for number in 1...2 { try await registry.publish(#"{"n": \#(number)}"#, as: bench.parsing) }
                let result = try await bench.configbus(
                    "get", "parsing", "--version", "1", "-e", "prod", "-o", "json", at: registry)
                #expect(result.output == "{\"n\":1}\n")
            }
        }

        @Test func listShowsDocumentsBelowAPrefixOfWholeSegmentsDeletedOnesWhenAsked() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                for service in ["tenants", "tenants.acme", "tenants.acme.monitors", "tenantsx", "gone"] {
                    try await registry.publish("{}", as: DocumentKey(service: service, environment: "prod"))
                }
                _ = try await registry.client.delete(DocumentKey(service: "gone", environment: "prod"))
                func services(_ arguments: String...) async throws -> [String] {
                    let result = try await bench.configbus(["list", "-o", "json"] + arguments, at: registry)
                    guard case .array(let heads) = try result.json() else { throw NotAnObject(line: result.output) }
                    return try heads.map { head in
                        guard case .object(let object) = head else { throw NotAnObject(line: head.description) }
                        return try object.string("service_name")
                    }
                }
                #expect(try await services() == ["tenants", "tenants.acme", "tenants.acme.monitors", "tenantsx"])
                #expect(try await services("tenants.acme") == ["tenants.acme", "tenants.acme.monitors"])
                #expect(try await services("--deleted", "gone") == ["gone"])
                #expect(try await services("--environment", "dev") == [])
                let text = try await bench.configbus("list", at: registry)
                #expect(text.lines.first?.split(separator: " ").first == "SERVICE")
                #expect(text.lines.count == 5)
            }
        }

        @Test func historyShowsWhoChangedWhatWhyAndWhenNewestFirst() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                for number in 1...3 {
                    try await registry.publish(#"{"n": \#(number)}"#, as: bench.parsing, comment: "change \(number)")
                }
                let text = try await bench.configbus("history", "parsing", "-e", "prod", "--limit", "2", at: registry)
                #expect(text.lines.count == 3)
                #expect(text.lines[1].hasPrefix("3 "))
                #expect(text.lines[1].hasSuffix("change 3"))
                #expect(text.lines[2].contains("end to end"))
                let json = try await bench.configbus("history", "parsing", "-e", "prod", "-o", "json", at: registry)
                guard case .array(let records) = try json.json() else { throw NotAnObject(line: json.output) }
                let read = try records.map { try VersionRecord(json: $0.canonicalBytes) }
                #expect(read.reversed() == (try await registry.history(of: bench.parsing)))
            }
        }

        @Test func historyNamesThePlacesThatEachVersionChanged() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                for json in [
                    #"{"db": {"port": 1}, "n": [1]}"#, #"{"db": {"port": 2}, "n": [1, 2]}"#,
                    #"{"a": 1, "b": 1, "c": 1, "d": 1, "db": {"port": 2}, "n": [1, 2]}"#,
                ] { try await registry.publish(json, as: bench.parsing) }
                let all = try await bench.configbus("history", "parsing", "-e", "prod", at: registry)
                #expect(all.lines.map { $0.contains("  a, b, c, 1 more") } == [false, true, false, false])
                #expect(all.lines.map { $0.contains("  db.port, n.1") } == [false, false, true, false])
                // The version before the last that is shown is read for its row.
                let page = try await bench.configbus("history", "parsing", "-e", "prod", "--limit", "1", at: registry)
                #expect(page.lines.last?.contains("  a, b, c, 1 more") == true)
            }
        }

        @Test(arguments: ["text", "json"])
        func historyBelowTheFirstVersionIsEmptyAndNoFailure(format: String) async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await registry.publish("{}", as: bench.parsing)
                let result = try await bench.configbus(
                    "history", "parsing", "-e", "prod", "--before", "1", "-o", format, at: registry)
                #expect(result.status == .exited(0))
                #expect(
                    result.output == (format == "json" ? "[]\n" : "There is no older version of parsing/prod.\n"))
            }
        }

        @Test func listShowsTheEnvironmentsThatAreNamed() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                for environment in ["dev", "prod", "test"] {
                    try await registry.publish("{}", as: DocumentKey(service: "parsing", environment: environment))
                }
                let result = try await bench.configbus("list", "-e", "test", "-e", "dev", at: registry)
                #expect(result.lines.dropFirst().map { $0.split(separator: " ")[1] } == ["dev", "test"])
                let none = try await bench.configbus("list", "-e", "nowhere", at: registry)
                #expect(none.output.hasPrefix("No documents here; 'configbus list' shows all"))
            }
        }

        @Test func diffComparesTheLastTwoVersionsOrThoseThatAreNamed() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                for json in [#"{"a": 1, "b": 1}"#, #"{"a": 1, "b": 2}"#, #"{"b": 2, "c": {"d": 1.0}}"#] {
                    try await registry.publish(json, as: bench.parsing)
                }
                let last = try await bench.configbus("diff", "parsing", "-e", "prod", at: registry)
                #expect(
                    last.output == """
                        parsing/prod version 2 -> 3
                        - a: 1
                        + c: {"d":1.0}

                        """)
                let named = try await bench.configbus(
                    "diff", "parsing", "1", "2", "-e", "prod", "-o", "json", at: registry)
                guard case .object(let object) = try named.json() else { throw NotAnObject(line: named.output) }
                #expect(object["changed"]?.description == #"{"b":{"new":2,"old":1}}"#)
                #expect(object["added"]?.description == "{}")
                #expect(object["removed"]?.description == "{}")
                #expect(object["patch"]?.description == #"[{"op":"replace","path":"/b","value":2}]"#)
            }
        }
    }
}
