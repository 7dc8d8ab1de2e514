import Foundation
import TestSupport
import Testing

extension CommandLineTests {
    /// Files that a command is given and cannot read.
    @Suite struct LocalFileTests {
        /// Everything that takes a file; `FILE` stands for its path.
        static let commands = [
            ["publish", "parsing", "FILE"], ["publish", "parsing", "--format", "yaml", "FILE"],
            ["get", "parsing", "--token-file", "FILE"], ["watch", "parsing", "--once", "--trusted-keys", "FILE"],
            ["keys", "list", "FILE"], ["audit", "verify", "--file", "FILE"],
            ["audit", "verify", "--file", "/dev/null", "--public-key", "FILE"],
            ["audit", "verify", "--file", "/dev/null", "--public-key", goodKey, "--head", "FILE"],
            ["audit", "record", "--file", "log", "--amqp-uri", "amqp://127.0.0.1:1/", "--signing-key", "FILE"],
            ["serve", "--port", "0", "--data-dir", "DATA", "--signing-key", "FILE"],
            ["serve", "--port", "0", "--data-dir", "DATA", "--config", "FILE"],
            ["admin", "new-epoch", "--config", "FILE"],
        ]

        private static let goodKey = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="

        @Test(
            arguments: commands,
            ["missing", "directory"])
        func aFileThatIsMissingOrADirectoryIsRefusedWithItsName(command: [String], kind: String) async throws {
            try await withBench { bench in
                let path = bench.path(kind)
                if kind == "directory" {
                    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
                }
                let arguments = command.map { $0 == "FILE" ? path : $0 == "DATA" ? bench.path("data") : $0 }
                let result = try await bench.configbus(arguments)
                #expect(result.status == .exited(1))
                #expect(result.output == "")
                #expect(result.errors.contains("error: "))
                #expect(result.errors.contains(path))
            }
        }

        @Test(arguments: ["new-epoch", "signing", "auth"])
        func aStoreThatIsNotThereIsNotMadeByLookingAfterIt(command: String) async throws {
            try await withBench { bench in
                let path = bench.path("nowhere")
                let result = try await bench.configbus(["admin", command, "--data-dir", path])
                #expect(result.status == .exited(1))
                #expect(result.errors.contains(path))
                #expect(!FileManager.default.fileExists(atPath: path))
            }
        }
    }
}
