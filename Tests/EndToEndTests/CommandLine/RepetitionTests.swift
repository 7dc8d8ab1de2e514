import ConfigModel
import RegistryClient
import TestSupport
import Testing

extension CommandLineTests {
    /// A command that is sent again under its `--idempotency-key`: a script whose first response was lost learns what it did.
    @Suite struct RepetitionTests {
        struct Edit: CustomTestStringConvertible {
            let arguments: [String]
            let result: String

            init(_ arguments: String..., result: String) {
                self.arguments = arguments
                self.result = result
            }

            var testDescription: String { arguments.joined(separator: " ") }
        }

        @Test(arguments: [
            Edit("set", "parsing", "list.-=3", result: #"{"list":[1,2,3],"n":1}"#),
            Edit("set", "parsing", "n=2", result: #"{"list":[1,2],"n":2}"#),
            Edit("unset", "parsing", "list.0", result: #"{"list":[2],"n":1}"#),
            Edit("unset", "parsing", "n", result: #"{"list":[1,2]}"#),
        ])
        func aRepeatedEditIsAnsweredWithTheVersionThatItMadeAlsoWhenOthersHaveWrittenSince(edit: Edit) async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await registry.publish(#"{"list":[1,2],"n":1}"#, as: bench.parsing)
                let arguments = edit.arguments + ["-e", "prod", "--idempotency-key", "job-7"]
                #expect(try await bench.configbus(arguments, at: registry).status == .exited(0))
                let again = try await bench.configbus(arguments, at: registry)
                #expect(again.status == .exited(0))
                #expect(
                    again.output.hasPrefix("parsing/prod: this command made version 2 before, and changed nothing now.")
                )
                try await registry.publish(#"{"by":"another"}"#, as: bench.parsing)
                let late = try await bench.configbus(arguments + ["-o", "json"], at: registry)
                #expect(late.status == .exited(0))
                #expect(try late.record().content.bytes == Array(edit.result.utf8))
                #expect(try late.object()["repeated"] == .bool(true))
                let text = try await bench.configbus(arguments, at: registry)
                #expect(text.output.contains("The newest version is 3."))
                #expect(try await registry.history(of: bench.parsing).count == 3)
            }
        }

        @Test func publishAndRollbackSayThatTheyWereAnsweredWithAnEarlierVersion() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await registry.publish(#"{"n":1}"#, as: bench.parsing)
                let publish = ["publish", "parsing", "-e", "prod", "--idempotency-key", "job-1"]
                let rollback = ["rollback", "parsing", "1", "-e", "prod", "--idempotency-key", "job-2"]
                _ = try await bench.configbus(publish, at: registry, input: #"{"n":2}"#)
                _ = try await bench.configbus(rollback, at: registry)
                try await registry.publish(#"{"n":4}"#, as: bench.parsing)
                let published = try await bench.configbus(publish, at: registry, input: #"{"n":2}"#)
                #expect(published.status == .exited(0))
                #expect(published.output.contains("this command made version 2 before"))
                #expect(published.output.contains("The newest version is 4."))
                let restored = try await bench.configbus(rollback, at: registry)
                #expect(restored.output.contains("this command made version 3 before"))
            }
        }

        @Test func theKeyOfAnotherCommandIsRefusedAndNothingIsChanged() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await registry.publish(#"{"n":1}"#, as: bench.parsing)
                let key = ["-e", "prod", "--idempotency-key", "job-7"]
                _ = try await bench.configbus(["set", "parsing", "n=2"] + key, at: registry)
                for other in [
                    ["set", "parsing", "n=3"], ["unset", "parsing", "n"], ["set", "parsing", "n=2", "-c", "why"],
                ] {
                    let result = try await bench.configbus(other + key, at: registry)
                    #expect(result.status == .exited(1))
                    #expect(result.errors.contains("already made version 2 of parsing/prod from another command"))
                }
                #expect(try await registry.history(of: bench.parsing).count == 2)
            }
        }

        @Test(arguments: ["", "\n", "# nothing yet\n"])
        func aTOMLFileWithoutAValueDoesNotEmptyADocument(text: String) async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await registry.publish(#"{"n":1}"#, as: bench.parsing)
                let result = try await bench.configbus(
                    "publish", "parsing", "-e", "prod", "--format", "toml", at: registry, input: text)
                #expect(result.status == .exited(1))
                #expect(result.errors.contains("publish {} as JSON"))
                #expect(try await registry.history(of: bench.parsing).count == 1)
            }
        }
    }
}
