import ConfigModel
import Foundation
import TestSupport
import Testing

extension CommandLineTests {
    /// import --format and --from-environment.
    @Suite struct ForeignImportTests {
        /// Runs an import twice: what it shows before, and what it is afterwards.
        private func run(
            _ arguments: [String], _ bench: TestBench, at registry: RunningRegistry, input: String = "",
            environment: [String: String] = [:]
        ) async throws -> CommandResult {
            let shown = try await bench.configbus(
                ["import"] + arguments + ["--dry-run"], at: registry, input: input, environment: environment)
            #expect(shown.status == .exited(0), "\(shown.errors)")
            #expect(try await registry.contentHashes().isEmpty)
            let made = try await bench.configbus(
                ["import"] + arguments, at: registry, input: input, environment: environment)
            #expect(made.status == .exited(0), "\(made.errors)")
            #expect(made.lines.dropLast() == shown.lines.dropLast())
            let check = try await bench.configbus(
                ["import"] + arguments + ["--check"], at: registry, input: input, environment: environment)
            #expect(check.status == .exited(0), "\(check.output)")
            return made
        }

        private func content(_ key: String, at registry: RunningRegistry) async throws -> String? {
            let key = try DocumentKey(parsing: key)
            return try await registry.history(of: key).last.map { String(decoding: $0.content.bytes, as: UTF8.self) }
        }

        @Test func aFileOfAnEnvironmentIsOneDocumentOfTexts() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                let folder = try DocumentFolder("app", in: bench)
                try folder.write("# app\nexport DB__HOST=db1\nDB__PORT='5432'\n", to: ".env")
                let options = ["--format", "env", "--service", "parsing", "-e", "prod", "--nested", "__"]
                _ = try await run(["\(folder.path)/.env"] + options, bench, at: registry)
                #expect(try await content("parsing/prod", at: registry) == #"{"DB":{"HOST":"db1","PORT":"5432"}}"#)
                let input = try await bench.configbus(
                    ["import", "-", "--format", "env", "--service", "parsing"], at: registry, input: "A=1\n")
                #expect(input.status == .exited(0), "\(input.errors)")
                #expect(try await content("parsing/default", at: registry) == #"{"A":"1"}"#)
            }
        }

        @Test func variablesOfTheEnvironmentWithAPrefixAreOneDocument() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                _ = try await run(
                    ["--from-environment", "APP_", "--service", "parsing"], bench, at: registry,
                    environment: ["APP_HOST": "db1", "APP_PORT": "5432", "OTHER": "x"])
                #expect(try await content("parsing/default", at: registry) == #"{"HOST":"db1","PORT":"5432"}"#)
                let none = try await bench.configbus(
                    "import", "--from-environment", "NOTHING_", "--service", "parsing", at: registry)
                #expect(
                    none.status == .exited(1)
                        && none.errors.contains("No variable of the environment begins with 'NOTHING_'."))
            }
        }

        @Test func aRepositoryOfSpringIsServicesAndEnvironments() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                let folder = try DocumentFolder("repository", in: bench)
                try folder.write("log.level: INFO\n", to: "application.yml")
                try folder.write("pool.max: 10\n", to: "orders.yml")
                try folder.write("pool.max=50\n", to: "orders-prod.properties")
                try folder.write("x", to: "README.md")
                try folder.write("x", to: ".git/config")
                let made = try await run([folder.path, "--format", "spring"], bench, at: registry)
                #expect(made.errors.contains("warning: README.md is left out"))
                #expect(try await content("default/default", at: registry) == #"{"log":{"level":"INFO"}}"#)
                #expect(try await content("orders/prod", at: registry) == #"{"pool":{"max":50}}"#)
                let merged = try await bench.configbus(
                    "import", folder.path, "--format", "spring", "--merge-application", at: registry)
                #expect(merged.status == .exited(0), "\(merged.errors)")
                #expect(
                    try await content("orders/default", at: registry) == #"{"log":{"level":"INFO"},"pool":{"max":10}}"#)
            }
        }

        @Test func dumpsOfStoresOfKeysAreDocuments() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                func base64(_ text: String) -> String { Base64.encode(Array(text.utf8)) }
                let etcd =
                    #"{"header":{},"kvs":[{"key":"\#(base64("/config/orders/prod/pool/max"))","value":"\#(base64("50"))"}],"count":1}"#
                let keys = ["--keys", "config/{service}/{environment}"]
                _ = try await run(["-", "--format", "etcd"] + keys, bench, at: registry, input: etcd)
                #expect(try await content("orders/prod", at: registry) == #"{"pool":{"max":50}}"#)
                let consul = #"[{"key":"config/orders/prod/pool/max","flags":0,"value":"\#(base64("60"))"}]"#
                let made = try await bench.configbus(
                    ["import", "-", "--format", "consul"] + keys, at: registry, input: consul)
                #expect(made.output.contains("    ~ pool.max: 50 -> 60"), "\(made.output) \(made.errors)")
            }
        }

        @Test func configMapsAreDocuments() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                let list = """
                    {"kind": "List", "items": [{"kind": "ConfigMap", "metadata": {"name": "orders", "namespace": "prod"},
                    "data": {"application.yaml": "pool:\\n  max: 50\\n"}}]}
                    """
                _ = try await run(["-", "--format", "configmap"], bench, at: registry, input: list)
                #expect(try await content("orders/prod", at: registry) == #"{"pool":{"max":50}}"#)
            }
        }

        @Test func everythingThatCannotBeReadIsNamedAtOnceAndNothingIsDone() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                let folder = try DocumentFolder("repository", in: bench)
                try folder.write("a: [\n", to: "orders.yml")
                try folder.write("a: 1\na.b: 2\n", to: "web.yml")
                try folder.write("a: 1\n", to: "good.yml")
                let refused = try await bench.configbus(
                    "import", folder.path, "--format", "spring", "-o", "json", at: registry)
                #expect(refused.status == .exited(1) && refused.errors.contains("has 2 faults."))
                for line in ["orders.yml, line ", "web.yml, a.b: it lies below web.yml, a"] {
                    #expect(refused.errors.contains("  \(line)"), "\(refused.errors)")
                }
                #expect(try await registry.contentHashes().isEmpty)
            }
        }

        @Test(arguments: [
            ["x", "--format", "env"], ["x", "--service", "a"], ["x", "--format", "spring", "--keys", "a"],
            ["x", "--format", "etcd", "--nested", "__"], ["x", "--profile", "p"], ["--format", "etcd"], [],
            ["x", "--from-environment", "A_", "--service", "a"],
            ["x", "--format", "etcd", "--keys", "{service}/{service}"],
            ["x", "--format", "consul", "--prune"], ["x", "--dry-run", "--check"],
        ])
        func whatMakesNoSenseTogetherIsAWrongUse(arguments: [String]) async throws {
            try await withBench(on: nil) { bench in
                let refused = try await bench.configbus(["import"] + arguments)
                #expect(refused.status == .exited(2), "\(refused.errors)")
            }
        }
    }
}
