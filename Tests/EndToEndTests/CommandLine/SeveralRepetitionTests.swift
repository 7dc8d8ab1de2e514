import ConfigModel
import RegistryClient
import TestSupport
import Testing

extension CommandLineTests {
    /// Commands that change several documents, or what is there, sent again under their `--idempotency-key` after others have
    /// written: the answer is what they did then.
    @Suite struct SeveralRepetitionTests {
        private static let key = ["--idempotency-key", "job-7"]

        private func dev() throws -> DocumentKey { try DocumentKey(service: "parsing", environment: "dev") }

        private func documents(_ result: CommandResult) throws -> [VersionRecord] {
            guard case .array(let documents)? = try result.object()["documents"] else {
                throw NotAnObject(line: result.output)
            }
            return try documents.map { try VersionRecord(json: $0.canonicalBytes) }
        }

        @Test(arguments: [["set", "parsing", "list.-=3"], ["unset", "parsing", "n"], ["delete", "parsing"]])
        func aRepeatedChangeOfSeveralEnvironmentsIsAnsweredWithTheVersionsThatItMade(command: [String]) async throws {
            for store in CommandStore.there {
                try await withBench { bench in
                    let registry = try await bench.startRegistry(on: store)
                    for key in [try dev(), bench.parsing] {
                        try await registry.publish(#"{"list":[1,2],"n":1}"#, as: key)
                    }
                    let arguments = command + ["-e", "dev", "-e", "prod"] + Self.key
                    let first = try await bench.configbus(arguments + ["-o", "json"], at: registry)
                    #expect(first.status == .exited(0))
                    try await registry.publish(#"{"by":"another"}"#, as: bench.parsing)

                    let again = try await bench.configbus(arguments + ["-o", "json"], at: registry)
                    #expect(again.status == .exited(0), "\(again.errors)")
                    #expect(try documents(again) == documents(first))
                    #expect(try again.object()["changeset_id"] == first.object()["changeset_id"])
                    let text = try await bench.configbus(arguments, at: registry)
                    #expect(
                        text.lines.dropFirst() == [
                            "parsing/dev: this command made version 2 before, and changed nothing now.",
                            "parsing/prod: this command made version 2 before, and changed nothing now. The newest version is 3.",
                        ])
                    #expect(try await registry.history(of: bench.parsing).count == 3)
                }
            }
        }

        @Test(arguments: [["rollback", "parsing"], ["rollback", "parsing", "--path", "n"], ["delete", "parsing"]])
        func aRepeatedCommandThatDependsOnTheNewestVersionMeansTheOneOfThen(command: [String]) async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                for number in 1...3 { try await registry.publish(#"{"n":\#(number)}"#, as: bench.parsing) }
                let arguments = command + ["-e", "prod"] + Self.key
                let first = try await bench.configbus(arguments + ["-o", "json"], at: registry)
                #expect(try first.record().version == 4)
                try await registry.publish(#"{"by":"another"}"#, as: bench.parsing)
                let again = try await bench.configbus(arguments + ["-o", "json"], at: registry)
                #expect(again.status == .exited(0), "\(again.errors)")
                #expect(try again.record() == first.record())
                #expect(try again.object()["repeated"] == .bool(true))
                #expect(try await registry.history(of: bench.parsing).count == 5)
            }
        }

        @Test func aRepeatedPromotionIsAnsweredAlsoWhenItsSourceIsAnotherByNow() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                for service in ["a", "b"] {
                    try await registry.publish(#"{"n":1}"#, as: DocumentKey(service: service, environment: "dev"))
                }
                for services in [["a"], ["a", "b"]] {
                    let arguments =
                        ["promote"] + services + ["--from", "dev", "--to", services.count == 1 ? "one" : "two"]
                        + ["-c", "why"] + Self.key
                    let first = try await bench.configbus(arguments + ["-o", "json"], at: registry)
                    #expect(first.status == .exited(0), "\(first.errors)")
                    try await registry.publish(
                        #"{"n":\#(services.count + 1)}"#, as: DocumentKey(service: "a", environment: "dev"))
                    let again = try await bench.configbus(arguments + ["-o", "json"], at: registry)
                    #expect(again.status == .exited(0), "\(again.errors)")
                    #expect(try documents(again) == documents(first))
                }
            }
        }

        @Test(arguments: [
            ["set", "parsing", "n=3", "-e", "dev", "-e", "prod"], ["set", "parsing", "n=2", "-e", "prod"],
            ["set", "parsing", "n=2", "-e", "dev", "-e", "prod", "-e", "test"], ["delete", "parsing", "-e", "prod"],
            ["rollback", "parsing", "-e", "prod"], ["rollback", "parsing", "--path", "n", "-e", "prod"],
            ["publish", "parsing", "-e", "prod"], ["publish", "parsing", "-e", "prod", "-e", "dev"],
            ["set", "parsing", "n=2", "-e", "dev", "-e", "prod", "-c", "why"],
        ])
        func theKeyOfAnotherCommandIsRefusedByTheNameOfTheFlag(command: [String]) async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                let test = try DocumentKey(service: "parsing", environment: "test")
                for key in [try dev(), bench.parsing, test] { try await registry.publish(#"{"n":1}"#, as: key) }
                _ = try await bench.configbus(
                    ["set", "parsing", "n=2", "-e", "dev", "-e", "prod"] + Self.key, at: registry)
                let result = try await bench.configbus(command + Self.key, at: registry, input: #"{"n":5}"#)
                #expect(result.status == .exited(1))
                #expect(result.errors.contains("The --idempotency-key 'job-7' already made version 2 of parsing/"))
                #expect(result.errors.contains("use a new key for a new change"))
                let json = try await bench.configbus(
                    command + Self.key + ["-o", "json"], at: registry, input: #"{"n":5}"#)
                #expect(try json.object()["type"] == .string("change-reused"))
                #expect(try await registry.history(of: bench.parsing).count == 2)
            }
        }

        @Test func aRepeatedSchemaIsAnsweredAlsoAfterAnother() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                let put = ["schema", "put", "parsing"] + Self.key
                _ = try await bench.configbus(put, at: registry, input: #"{"type":"object"}"#)
                _ = try await bench.configbus("schema", "put", "parsing", at: registry, input: "{}")
                let again = try await bench.configbus(put, at: registry, input: #"{"type":"object"}"#)
                #expect(
                    again.output
                        == "schema of parsing: this command made version 1 before, and changed nothing now. The newest version is 2.\n"
                )
                let other = try await bench.configbus(put, at: registry, input: "{}")
                #expect(other.status == .exited(1) && other.errors.contains("--idempotency-key 'job-7'"))
                #expect(try await registry.client.schema(of: "parsing").version == 2)
            }
        }

        @Test func aKeyThatOnlyTheRegistryRemembersIsCalledByTheNameOfTheFlag() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await registry.publish(#"{"n":[]}"#, as: bench.parsing)
                let arguments = ["set", "parsing", "n.-=1", "-e", "prod"] + Self.key
                #expect(try await bench.configbus(arguments, at: registry).status == .exited(0))
                // More versions than the command searches.
                for number in 2...102 { try await registry.publish(#"{"n":[\#(number)]}"#, as: bench.parsing) }
                let again = try await bench.configbus(arguments, at: registry)
                #expect(again.status == .exited(1))
                #expect(again.errors.contains("The --idempotency-key 'job-7' already made version 2 of parsing/prod"))
                #expect(!again.errors.contains("Idempotency-Key"))
            }
        }
    }
}
