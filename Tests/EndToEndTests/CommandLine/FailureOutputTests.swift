import ConfigModel
import Foundation
import TestSupport
import Testing

extension CommandLineTests {
    /// What programs learn of a command that fails.
    @Suite struct FailureOutputTests {
        struct Failure: CustomTestStringConvertible {
            let arguments: [String]
            let type: String
            let code: Int32

            init(_ arguments: String..., type: String, code: Int32 = 1) {
                self.arguments = arguments
                self.type = type
                self.code = code
            }

            var testDescription: String { arguments.joined(separator: " ") }
        }

        @Test(arguments: [
            Failure("publish", "parsing", "-e", "prod", "--create", type: "exists"),
            Failure("publish", "parsing", "-e", "prod", "--expected-version", "7", type: "version-mismatch"),
            Failure("set", "nothing", "a=1", type: "unknown"),
            Failure("set", "parsing", "n.deep=1", "-e", "prod", type: "refused"),
            Failure("delete", "nothing", type: "unknown"),
            Failure("delete", "parsing", "-e", "prod", "--expected-version", "7", type: "version-mismatch"),
            Failure("delete", "parsing", "-e", "prod", "-e", "none", type: "refused"),
            Failure("rollback", "parsing", "9", "-e", "prod", type: "unknown-version"),
            Failure("promote", "nothing", "--from", "dev", "--to", "prod", type: "unknown"),
            Failure("apply", "/none", type: "refused"),
            Failure("validate", "parsing", "/none.json", type: "refused"),
            Failure("get", "nothing", type: "unknown"), Failure("get", "no name", type: "usage", code: 2),
            Failure("history", "parsing", "-e", "prod", "--limit", "0", type: "usage", code: 2),
            Failure("diff", "parsing", "1", "9", "-e", "prod", type: "unknown-version"),
            Failure("schema", "get", "parsing", type: "unknown"),
            Failure("schema", "delete", "parsing", type: "unknown"),
            Failure("schema", "put", "parsing", "/none.json", type: "refused"),
            Failure("list", "--url", "http://127.0.0.1:1", type: "unreachable", code: 3),
            Failure("list", "--nonsense", type: "usage", code: 2), Failure("lst", type: "usage", code: 2),
        ])
        func everyFailureIsOneObjectWithTypeAndMessageOnStandardOutput(failure: Failure) async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await registry.publish(#"{"n": 1}"#, as: bench.parsing)
                for format in [["-o", "json"], ["--output=json"]] {
                    let result = try await bench.configbus(failure.arguments + format, at: registry, input: "{}")
                    #expect(result.status == .exited(failure.code))
                    #expect(result.lines.count == 1, "\(result.output)")
                    let object = try result.object()
                    #expect(object["type"] == .string(failure.type))
                    guard case .string(let message)? = object["message"] else { throw NotAnObject(line: result.output) }
                    #expect(result.errors.contains(message.split(separator: "\n")[0]))
                }
                let text = try await bench.configbus(failure.arguments, at: registry, input: "{}")
                #expect(text.output == "")
            }
        }

        @Test func whatTheRegistrySaysOfAFailureIsPartOfIt() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await registry.publish(#"{"n": 1}"#, as: bench.parsing)
                let stale = try await bench.configbus(
                    "set", "parsing", "n=2", "-e", "prod", "--expected-version", "7", "-o", "json", at: registry)
                #expect(try stale.object()["current_version"]?.description == "1")
                let several = try await bench.configbus(
                    "set", "parsing", "password=kR7-vault-9Qm2", "-e", "prod", "-e", "dev", "-o", "json", at: registry)
                #expect(try several.object()["details"]?.description.contains("parsing/dev") == true)
                try await registry.publish(#"{"n": 1}"#, as: DocumentKey(service: "parsing", environment: "dev"))
                let found = try await bench.configbus(
                    "set", "parsing", "password=kR7-vault-9Qm2", "-e", "prod", "-e", "dev", "-o", "json", at: registry)
                guard case .array(let problems)? = try found.object()["problems"], problems.count == 2,
                    case .object(let problem) = problems[1]
                else { throw NotAnObject(line: found.output) }
                #expect(problem["environment"] == .string("dev") && problem["findings"] != nil)
                #expect(problem["index"] == nil)
            }
        }

        @Test func aDeletionIsARecordWithItsWarningsLikeEveryWrite() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await registry.publish(#"{"n": 1}"#, as: bench.parsing)
                let deleted = try await bench.configbus(
                    "delete", "parsing", "-e", "prod", "-c", "why", "-o", "json", at: registry)
                let record = try deleted.record()
                #expect(record.changeType == .deleted && record.version == 2 && record.comment == "why")
            }
        }

        @Test func whatWasLetPassIsAListInEveryCommand() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                let arguments = ["publish", "parsing", "-e", "prod", "--override", "secret:/password", "-o", "json"]
                let made = try await bench.configbus(arguments, at: registry, input: #"{"password": "kR7-vault-9Qm2"}"#)
                let list = JSONValue.array([.string("secret:/password")])
                #expect(try made.object()["overrides"] == list)
                let history = try await bench.configbus("history", "parsing", "-e", "prod", "-o", "json", at: registry)
                guard case .array(let versions) = try history.json(), case .object(let version)? = versions.first else {
                    throw NotAnObject(line: history.output)
                }
                #expect(version["overrides"] == list)
                let text = try await bench.configbus("history", "parsing", "-e", "prod", at: registry)
                #expect(text.output.contains("created (overrides secret:/password)"))
            }
        }

        @Test func warningsAboutSeveralDocumentsNameThem() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                let dev = try DocumentKey(service: "parsing", environment: "dev")
                try await registry.publish(#"{"n": 1}"#, as: bench.parsing)
                try await registry.publish(#"{"n": "1"}"#, as: dev)
                let set = ["set", "parsing", "n=2", "-e", "dev", "-e", "prod"]
                let result = try await bench.configbus(set + ["-o", "json"], at: registry)
                #expect(result.errors.hasPrefix("warning: parsing/dev: blast-radius retyped, /n: "))
                guard case .array(let warnings)? = try result.object()["warnings"], warnings.count == 1,
                    case .object(let warning) = warnings[0]
                else { throw NotAnObject(line: result.output) }
                #expect(warning["environment"] == .string("dev") && warning["service_name"] == .string("parsing"))
            }
        }
    }
}
