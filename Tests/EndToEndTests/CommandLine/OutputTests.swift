import ConfigModel
import TestSupport
import Testing

extension CommandLineTests {
    /// Output for terminals and pipes.
    @Suite struct OutputTests {
        @Test(
            "control characters from somebody else never reach the terminal",
            arguments: ["history", "list", "diff", "get"])
        func controlCharacters(command: String) async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                let evil = #"{"a": "\u001b[2Jgone\u0007\u202e", "n": "#
                try await registry.publish(evil + "1}", as: bench.parsing)
                try await registry.publish(
                    #"{"b": "\u001b[2Jgone\u0007\u202e", "n": 2}"#, as: bench.parsing, comment: "\u{202e}red"
                )
                let arguments = command == "list" ? [command] : [command, "parsing"]
                let result = try await bench.configbus(arguments + ["--environment", "prod"], at: registry)
                #expect(result.status == .exited(0))
                let dangerous = result.output.unicodeScalars.filter {
                    $0 != "\n" && [.control, .format].contains($0.properties.generalCategory)
                }
                #expect(Array(dangerous) == [])
                #expect(result.output.lowercased().contains("\\u202e"))
            }
        }

        @Test("a pipe that is closed early ends a command quietly", arguments: ["json", "text"])
        func closedPipe(format: String) async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                let rows = (0..<20_000).map { #""key\#($0)": "some value""# }.joined(separator: ",\n")
                try await registry.publish("{\(rows)}", as: bench.parsing)
                let result = try await bench.shell(
                    "{ configbus get parsing -e prod -o \(format); echo $? >&2; } | head -c 100", at: registry)
                #expect(result.status == .exited(0))
                #expect(result.output.utf8.count == 100)
                // Nothing but the code that a shell reports for a command that SIGPIPE ended.
                #expect(result.errors == "141\n")
            }
        }

        @Test("a file that a shell redirects to is not coloured")
        func noColors() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await registry.publish(#"{"a": 1}"#, as: bench.parsing)
                try await registry.publish(#"{"a": 2}"#, as: bench.parsing)
                let result = try await bench.configbus("diff", "parsing", "-e", "prod", at: registry)
                #expect(!result.output.contains("\u{1b}"))
            }
        }
    }
}
