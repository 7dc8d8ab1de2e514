import ConfigModel
import TestSupport
import Testing

extension CommandLineTests {
    /// Output for terminals and pipes.
    @Suite struct OutputTests {
        @Test(arguments: ["history", "list", "diff", "get"])
        func controlCharactersFromSomebodyElseNeverReachTheTerminal(command: String) async throws {
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

        @Test(arguments: [
            "-----BEGIN X-----\nMIIB\tAA==\r\n-----END X-----\n", "a b", "", "\u{1b}[31m\u{202e}\0", "👩\u{200d}💻",
        ])
        func aStringReachesAProgramByteForByte(text: String) async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await registry.publish("{\"text\":\(JSONValue.string(text))}", as: bench.parsing)
                for flag in ["", "--raw"] {
                    let result = try await bench.shell(
                        "configbus get parsing text -e prod \(flag) | od -An -v -tx1 | tr -d ' \\n'", at: registry)
                    let hexadecimal = text.utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
                    #expect(result.output == hexadecimal)
                }
                let json = try await bench.configbus("get", "parsing", "text", "-e", "prod", "-o", "json", at: registry)
                #expect(try JSONValue(parsing: json.output) == .string(text))
            }
        }

        @Test(arguments: ["json", "text"])
        func jsonThatIsPrintedIsJSONToAnyReaderAlsoWithCharactersBeyondTheBasicPlane(format: String) async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                let text = "\u{f0000}\u{10fffd}😀\u{202e}\u{2028}\u{85}\u{7f}"
                let value = JSONValue.object(try JSONObject([("🏴\u{e0067}\u{e007f}", .string(text))]))
                try await registry.publish(value.description, as: bench.parsing)
                let result = try await bench.configbus("get", "parsing", "-e", "prod", "-o", format, at: registry)
                #expect(try JSONValue(parsing: result.output) == value)
                if format == "text" { #expect(result.output.contains("\\udb40\\udc67")) }
            }
        }

        @Test func rawAndAnotherOutputExcludeEachOther() async throws {
            try await withBench { bench in
                let result = try await bench.configbus("get", "parsing", "text", "--raw", "-o", "json")
                #expect(result.status == .exited(2) && result.errors.contains("--raw"))
            }
        }

        @Test(arguments: ["json", "text"])
        func aPipeThatIsClosedEarlyEndsACommandQuietly(format: String) async throws {
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

        @Test func aFileThatAShellRedirectsToIsNotColoured() async throws {
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
