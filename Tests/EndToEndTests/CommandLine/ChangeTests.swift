import ConfigModel
import TestSupport
import Testing

@testable import configbus

extension CommandLineTests {
    /// What a write says: the changes that it made, or that there were none.
    @Suite struct ChangeTests {
        /// A command that would give `parsing/prod` the content that it has.
        struct Repetition: CustomTestStringConvertible {
            let arguments: [String]
            let input: String

            init(_ arguments: String..., input: String = "") {
                self.arguments = arguments
                self.input = input
            }

            var testDescription: String { (arguments + [input]).joined(separator: " ") }
        }

        static let repetitions = [
            Repetition("publish", "parsing", input: #"{ "b": [1, 2], "a": 1 }"#),
            Repetition("publish", "parsing", "--update", "--comment", "again", input: #"{"a":1,"b":[1,2]}"#),
            Repetition("publish", "parsing", "--expected-version", "2", input: #"{"a":1,"b":[1,2]}"#),
            Repetition("publish", "parsing", "--format", "yaml", input: "b: [1, 2]\na: 1\n"),
            Repetition("set", "parsing", "a=1", "b.0=1"), Repetition("rollback", "parsing", "2"),
        ]

        @Test(
            arguments: repetitions
        )
        func contentThatIsThereAlreadyIsUnchangedAndMakesNoVersionForceMakesOne(repetition: Repetition) async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await registry.publish(#"{"a": 0}"#, as: bench.parsing)
                let head = try await registry.publish(#"{"a": 1, "b": [1, 2]}"#, as: bench.parsing)
                let arguments = repetition.arguments + ["-e", "prod"]
                let text = try await bench.configbus(arguments, at: registry, input: repetition.input)
                #expect(text.status == .exited(0))
                #expect(text.output.hasPrefix("parsing/prod is unchanged: version 2 has this content."))
                let json = try await bench.configbus(arguments + ["-o", "json"], at: registry, input: repetition.input)
                #expect(try json.record() == head)
                #expect(try json.object()["unchanged"] == .bool(true))
                #expect(try json.object()["changes"] == .array([]))
                #expect(try await registry.history(of: bench.parsing).count == 2)

                let forced = try await bench.configbus(arguments + ["--force"], at: registry, input: repetition.input)
                #expect(forced.status == .exited(0))
                #expect(forced.output.hasPrefix("parsing/prod version 3 updated by "))
                #expect(forced.lines.count == 1)
            }
        }

        @Test func theSameContentIsStillRefusedWhereTheDocumentIsNotAsTheCommandSays() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await registry.publish("{}", as: bench.parsing)
                for flags in [["--create"], ["--expected-version", "7"]] {
                    let result = try await bench.configbus(
                        ["publish", "parsing", "-e", "prod"] + flags, at: registry, input: "{}")
                    #expect(result.status == .exited(1))
                }
            }
        }

        @Test func aWritePrintsWhatItChangedPlaceByPlace() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await registry.publish(
                    #"{"database": {"pool": {"max": 100}}, "old": "x", "a.b": true}"#, as: bench.parsing)
                let new = #"{"database": {"pool": {"max": 500}}, "new": "\u001b[31m\u202e", "a.b": "true"}"#
                let text = try await bench.configbus("publish", "parsing", "-e", "prod", at: registry, input: new)
                #expect(
                    text.lines.dropFirst() == [
                        #"~ /a.b: true -> "true"  (a boolean before, now a string)"#,
                        "~ database.pool.max: 100 -> 500", #"+ new: "\u001b[31m\u202e""#, #"- old: "x""#,
                    ])
                let json = try await bench.configbus(
                    "set", "parsing", "database.pool.max=7", "-e", "prod", "-o", "json", at: registry)
                #expect(
                    try json.object()["changes"]?.description
                        == #"[{"new":7,"old":500,"path":"/database/pool/max"}]"#)
                #expect(try json.object()["unchanged"] == .bool(false))
            }
        }

        @Test func longValuesAreCutAndManyChangesAreCounted() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                let members = (100..<130).map { #""key\#($0)": "\#(String(repeating: "v", count: 500))""# }
                let result = try await bench.configbus(
                    "publish", "parsing", "-e", "prod", at: registry,
                    input: "{\(members.joined(separator: ","))}")
                #expect(result.lines.count == 22)
                #expect(result.lines.allSatisfy { $0.count < 120 })
                #expect(result.lines.last == "and 10 more changes: configbus diff parsing 0 1 --environment prod")
            }
        }

        @Test(arguments: [#"{"a":1"#, "[1,2", #""abc"#, #"{"a":1,"a":2}"#, " [1,]", "{a: 1}"])
        func aValueThatBeginsLikeJSONAndIsNoneIsRefusedStringStoresIt(value: String) async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await registry.publish(#"{"n": 1}"#, as: bench.parsing)
                let refused = try await bench.configbus("set", "parsing", "x=\(value)", "-e", "prod", at: registry)
                #expect(refused.status == .exited(2))
                #expect(refused.errors.contains("--string"))
                #expect(try await registry.history(of: bench.parsing).count == 1)
                let stored = try await bench.configbus(
                    "set", "parsing", "--string", "x=\(value)", "-e", "prod", "-o", "json", at: registry)
                #expect(try stored.record().content.object["x"] == .string(value))
            }
        }
    }
}
