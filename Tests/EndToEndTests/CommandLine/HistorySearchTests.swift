import ConfigModel
import RegistryAPI
import RegistryClient
import TestSupport
import Testing

@testable import configbus

extension CommandLineTests {
    /// history --path, --since and --author.
    @Suite struct HistorySearchTests {
        /// Versions of `parsing/prod`: a, b and c are changed in turn, by ann and ben.
        private func publishVersions(_ count: Int, at registry: RunningRegistry, _ key: DocumentKey) async throws {
            for number in 1...count {
                let json = #"{"a": {"n": \#(number / 3)}, "b": \#((number + 1) / 3), "c": \#((number + 2) / 3)}"#
                _ = try await registry.client.publish(
                    Content(parsing: Array(json.utf8)), as: key,
                    WriteOptions(createdBy: number.isMultiple(of: 2) ? "ann" : "ben"))
            }
        }

        private func versions(_ arguments: [String], _ bench: TestBench, _ registry: RunningRegistry) async throws
            -> [Int64]
        {
            let result = try await bench.configbus(
                ["history", "parsing", "-e", "prod", "-o", "json"] + arguments, at: registry)
            guard case .array(let records) = try result.json() else { throw NotAnObject(line: result.output) }
            return try records.map { try VersionRecord(json: $0.canonicalBytes).version }
        }

        @Test func pathShowsTheVersionsThatChangedWhatIsThereInsideOrAround() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await publishVersions(7, at: registry, bench.parsing)
                for path in ["a", "a.n", "/a/n"] {
                    #expect(try await versions(["--path", path], bench, registry) == [6, 3, 1])
                }
                #expect(try await versions(["--path", "c"], bench, registry) == [7, 4, 1])
                #expect(try await versions(["--path", "nothing"], bench, registry) == [])
            }
        }

        @Test(arguments: ["1d", "2020-01-01", "2020-01-01T00:00:00Z"])
        func sinceTakesASpanADateAndAMoment(since: String) async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await publishVersions(2, at: registry, bench.parsing)
                #expect(try await versions(["--since", since], bench, registry) == [2, 1])
            }
        }

        @Test func authorAndLimitAndBeforeNarrowItFurther() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await publishVersions(9, at: registry, bench.parsing)
                #expect(try await versions(["--author", "ann", "--limit", "2"], bench, registry) == [8, 6])
                #expect(try await versions(["--author", "ann", "--path", "a"], bench, registry) == [6])
                #expect(try await versions(["--author", "ben", "--before", "5"], bench, registry) == [3, 1])
                let none = try await bench.configbus(
                    "history", "parsing", "-e", "prod", "--author", "eve", at: registry)
                #expect(none.status == .exited(0))
                #expect(none.output == "No version of parsing/prod fits --author.\n")
            }
        }

        @Test(arguments: [("7d", 3), ("1h", 3), ("2020-01-01", 3), ("2999-01-01T00:00:00Z", 0), ("0s", 0)])
        func sinceIsASpanBeforeNowOrAMoment(since: String, count: Int) async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await publishVersions(3, at: registry, bench.parsing)
                #expect(try await versions(["--since", since], bench, registry).count == count)
            }
        }

        @Test func theSearchGoesOnFromPageToPage() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await registry.publish(#"{"old": 1}"#, as: bench.parsing)
                for number in 1...205 { try await registry.publish(#"{"n": \#(number)}"#, as: bench.parsing) }
                #expect(try await versions(["--path", "old"], bench, registry) == [2, 1])
            }
        }

        @Test func jsonHasTheChangedPathsOfEachVersion() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await registry.publish(#"{"a": 1}"#, as: bench.parsing)
                try await registry.publish(#"{"a": 2, "b/c": 1}"#, as: bench.parsing)
                let result = try await bench.configbus("history", "parsing", "-e", "prod", "-o", "json", at: registry)
                guard case .array(let records) = try result.json() else { throw NotAnObject(line: result.output) }
                let paths = try records.map { record in
                    guard case .object(let object) = record else { throw NotAnObject(line: record.description) }
                    return object["changed_paths"]?.description
                }
                #expect(paths == [#"["/a","/b~1c"]"#, "[]"])
            }
        }
    }
}
