import ConfigModel
import Foundation
import TestSupport
import Testing

@testable import configbus

extension CommandLineTests {
    /// What checks find, and how it is let pass; validate.
    @Suite struct CheckTests {
        private static let secret = #"{"db": {"password": "correct-horse-battery-9"}}"#

        @Test func aFindingIsALineWithItsRuleItsPlaceAndWhatLetsItPass() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                let arguments = ["publish", "parsing", "-e", "prod"]
                let text = try await bench.configbus(arguments, at: registry, input: Self.secret)
                #expect(text.status == .exited(1))
                #expect(text.output == "")
                let line = try #require(
                    text.errors.split(separator: "\n").first { $0.hasPrefix("  secret named, /db/password: ") })
                #expect(line.hasSuffix(" (--override secret:/db/password lets it pass)"))
                let json = try await bench.configbus(arguments + ["-o", "json"], at: registry, input: Self.secret)
                #expect(json.status == .exited(1))
                let problem = try json.object()
                #expect(problem["type"]?.description.contains("checks-failed") == true)
                guard case .array(let findings)? = problem["findings"] else { throw NotAnObject(line: json.output) }
                #expect(CheckFinding(json: findings[0])?.override == "secret:/db/password")
                #expect(!(text.errors + json.output + json.errors).contains("battery"))
                #expect(try await registry.history(of: bench.parsing) == [])
            }
        }

        @Test func whatIsOverriddenIsStoredWithTheVersionAndTheNextEditIsAWarning() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                let published = try await bench.configbus(
                    "publish", "parsing", "-e", "prod", "--override", "secret:/db/password", "--override",
                    "blast-radius", at: registry, input: Self.secret)
                #expect(published.status == .exited(0))
                let record = try #require(try await registry.history(of: bench.parsing).last)
                #expect(record.overrides == #"["secret:/db/password"]"#)
                let edited = try await bench.configbus("set", "parsing", "n=1", "-e", "prod", at: registry)
                #expect(edited.status == .exited(0))
                #expect(edited.errors.hasPrefix("warning: secret named, /db/password: "))
                let json = try await bench.configbus("set", "parsing", "n=2", "-e", "prod", "-o", "json", at: registry)
                guard case .array(let warnings)? = try json.object()["warnings"] else {
                    throw NotAnObject(line: json.output)
                }
                #expect(warnings.count == 1)
            }
        }

        @Test(arguments: ["secret", "everything", "secret:"])
        func anOverrideThatLetsTooMuchPassIsAMistakeOfTheCommandLine(name: String) async throws {
            try await withBench { bench in
                let result = try await bench.configbus("publish", "parsing", "--override", name, input: "{}")
                #expect(result.status == .exited(2))
                #expect(result.errors.hasPrefix("error: --override: "))
            }
        }

        @Test func validateSaysWhatWouldChangeAndWhatSpeaksAgainstItAndStoresNothing() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await registry.publish(#"{"pool": {"max": 100}}"#, as: bench.parsing)
                let arguments = ["validate", "parsing", "-e", "prod"]
                let good = try await bench.configbus(arguments, at: registry, input: #"{"pool": {"max": 500}}"#)
                #expect(good.status == .exited(0))
                #expect(good.output == "~ pool.max: 100 -> 500\nparsing/prod is valid.\n")
                let bad = try await bench.configbus(arguments, at: registry, input: Self.secret)
                #expect(bad.status == .exited(1))
                #expect(bad.lines.contains("parsing/prod is not valid: 1 finding."))
                #expect(bad.lines.last?.hasPrefix("secret named, /db/password: ") == true)
                let json = try await bench.configbus(arguments + ["-o", "json"], at: registry, input: Self.secret)
                #expect(json.status == .exited(1))
                #expect(try json.object()["valid"] == .bool(false))
                #expect(try json.object()["base_version"]?.description == "1")
                let passed = try await bench.configbus(
                    arguments + ["--override", "secret:/db/password"], at: registry, input: Self.secret)
                #expect(passed.status == .exited(0))
                // What was found is not printed, nor what is let pass.
                for result in [bad, json, passed] { #expect(!result.output.contains("battery"), "\(result.output)") }
                #expect(passed.lines.contains(#"+ db: {"password":"***"}"#), "\(passed.output)")
                #expect(try await registry.history(of: bench.parsing).count == 1)
            }
        }

        @Test func theValueOfASecretIsNotPrintedWhenItIsLetPass() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                let list = bench.path("list.json")
                let members = #"{"service_name":"parsing","environment":"prod","config_data":\#(Self.secret)}"#
                try Data(#"{"documents":[\#(members)]}"#.utf8).write(to: URL(fileURLWithPath: list))
                let name = "secret:/db/password"
                try await registry.publish(#"{"db": {"password": null}}"#, as: bench.parsing)
                for command in [
                    ["apply", list, "--dry-run"], ["apply", list, "--dry-run", "-o", "json"],
                    ["apply", list, "--override", name, "--dry-run"],
                    ["apply", list, "--override", name, "--dry-run", "-o", "json"],
                    ["apply", list, "--override", name],
                    ["promote", "parsing", "--from", "prod", "--to", "staging", "--override", name],
                ] {
                    let result = try await bench.configbus(command, at: registry)
                    #expect(!(result.output + result.errors).contains("battery"), "\(command): \(result.output)")
                    #expect(result.output.contains("***"), "\(command): \(result.output)")
                }
                #expect(try await registry.history(of: bench.parsing).count == 2)
            }
        }

        @Test(arguments: [
            ("--merge-patch", #"{"pool": {"max": 500}}"#),
            ("--patch", #"[{"op": "replace", "path": "/pool/max", "value": 500}]"#),
        ])
        func validateTakesPatchesOfTheNewestVersion(flag: String, patch: String) async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await registry.publish(#"{"pool": {"max": 100}, "n": 1}"#, as: bench.parsing)
                let arguments = ["validate", "parsing", "-e", "prod", flag]
                let good = try await bench.configbus(arguments, at: registry, input: patch)
                #expect(good.output == "~ pool.max: 100 -> 500\nparsing/prod is valid.\n")
                let bad = try await bench.configbus(
                    arguments + ["-o", "json"], at: registry, input: patch.replacing("500", with: "null"))
                #expect(bad.status == .exited(flag == "--patch" ? 1 : 0))
                let schema = try await bench.configbus(arguments + ["--schema", "s.json"], at: registry, input: patch)
                #expect(schema.status == .exited(2))
                let wrong = try await bench.configbus(
                    "validate", "parsing", "-e", "prod", "--patch", at: registry, input: "{}")
                #expect(wrong.status == .exited(1) && wrong.errors.contains("--merge-patch"))
                #expect(try await registry.history(of: bench.parsing).count == 1)
            }
        }

        @Test func whatIsFoundAndWhatChangesHasOneNameInEveryCommand() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await registry.publish(#"{"n": 1}"#, as: bench.parsing)
                let file = bench.path("dev.json")
                try Data(Self.secret.utf8).write(to: URL(fileURLWithPath: file))
                try Data("{}".utf8).write(to: URL(fileURLWithPath: bench.path("s.json")))
                let list = bench.path("list.json")
                try Data(#"{"documents":[{"service_name":"parsing","config_data":\#(Self.secret)}]}"#.utf8).write(
                    to: URL(fileURLWithPath: list))
                for command in [
                    ["validate", "parsing", file, "-e", "prod"], ["apply", list, "--dry-run"],
                    ["validate", "parsing", file, "--schema", bench.path("s.json")],
                    ["publish", "parsing", file, "-e", "prod"],
                ] {
                    let object = try await bench.configbus(command + ["-o", "json"], at: registry).object()
                    #expect(object["findings"] != nil && object["errors"] == nil && object["diff"] == nil, "\(command)")
                }
                try await registry.publish(#"{"n": 2}"#, as: bench.parsing)
                try await registry.publish(#"{"n": 2}"#, as: DocumentKey(service: "parsing", environment: "dev"))
                for command in [
                    ["diff", "parsing", "-e", "prod"], ["diff", "parsing", "-e", "prod", "-e", "dev"],
                    ["set", "parsing", "n=3", "-e", "prod"], ["validate", "parsing", file, "-e", "prod"],
                ] {
                    let object = try await bench.configbus(command + ["-o", "json"], at: registry).object()
                    #expect(object["changes"] != nil, "\(command)")
                }
            }
        }

        @Test(arguments: [
            (#"{"port": 1}"#, "", Int32(0)), (#"{"port": "x"}"#, "schema type, /port: ", 1),
            (#"{}"#, "schema required, the whole document: ", 1),
        ])
        func validateWithASchemaNeedsNoRegistry(content: String, finding: String, code: Int32) async throws {
            try await withBench { bench in
                let schema = bench.path("parsing.schema.yaml")
                try Data("type: object\nrequired: [port]\nproperties:\n  port: {type: integer}\n".utf8).write(
                    to: URL(fileURLWithPath: schema))
                let arguments = ["validate", "parsing", "--schema", schema, "--url", "http://127.0.0.1:1"]
                let text = try await bench.configbus(arguments, input: content)
                #expect(text.status == .exited(code))
                #expect(finding.isEmpty || text.lines.last?.hasPrefix(finding) == true)
                let json = try await bench.configbus(arguments + ["-o", "json"], input: content)
                #expect(json.status == .exited(code))
                #expect(try json.object()["valid"] == .bool(code == 0))
            }
        }

        @Test func aSchemaThatCannotBeUsedIsNamedWithItsFile() async throws {
            try await withBench { bench in
                let schema = bench.path("schema.json")
                for (text, says) in [
                    (#"{"type": "strin"}"#, "/type"), (#"{"$ref": "http://127.0.0.1:1/x"}"#, "$ref"), ("[", "Line 1"),
                ] {
                    try Data(text.utf8).write(to: URL(fileURLWithPath: schema))
                    let result = try await bench.configbus("validate", "parsing", "--schema", schema, input: "{}")
                    #expect(result.status == .exited(1))
                    #expect(result.errors.contains(schema) && result.errors.contains(says), "\(result.errors)")
                }
            }
        }
    }
}
