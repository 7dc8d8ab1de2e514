import ConfigModel
import TestSupport
import Testing

extension CommandLineTests {
    /// Output to a terminal, which `script` (util-linux) plays.
    @Suite struct TerminalTests {
        /// What a command shows on a terminal with so many columns.
        private func show(
            _ command: String, columns: Int = 200, variables: String = "TERM=xterm", _ bench: TestBench,
            at registry: RunningRegistry, input: String = "", status: Int32 = 0
        ) async throws -> [Substring] {
            let program = try ConfigbusExecutable.path()
            let inner = "stty cols \(columns); \(variables) '\(program)' \(command)"
            let result = try await bench.result(
                of: bench.start(
                    "/usr/bin/script", ["-qec", inner, "/dev/null"],
                    environment: ["CONFIGBUS_URL": registry.url, "NO_COLOR": ""],
                    input: input))
            #expect(result.status == .exited(status))
            return result.output.split(whereSeparator: \.isNewline)
        }

        @Test func coloursAreShownOnATerminalThatHasThemUnlessItsUserWantsNone() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                for number in 1...2 { try await registry.publish(#"{"n": \#(number)}"#, as: bench.parsing) }
                func isColored(_ variables: String) async throws -> Bool {
                    try await show("diff parsing -e prod", variables: variables, bench, at: registry)
                        .contains { $0.contains("\u{1b}") }
                }
                #expect(try await isColored("TERM=xterm"))
                #expect(try await isColored("TERM=xterm NO_COLOR="))
                #expect(try await !isColored("TERM=xterm NO_COLOR=1"))
                #expect(try await !isColored("TERM=dumb"))
            }
        }

        @Test func publishSaysThatItReadsWhatIsTyped() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                let lines = try await show("publish parsing -e prod", bench, at: registry, input: "{}\n")
                #expect(lines.contains { $0.contains("Ctrl-D ends it") })
                #expect(lines.last?.hasPrefix("parsing/prod version 1 created") == true)
            }
        }

        @Test func backupIsNotWrittenToATerminal() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await registry.publish(#"{"n": "content"}"#, as: bench.parsing)
                let lines = try await show("backup -", bench, at: registry, status: 2)
                #expect(lines.contains { $0.contains("name a file") && $0.contains("gzip") })
                #expect(!lines.contains { $0.contains("content") })
            }
        }

        @Test(arguments: ["list", "history parsing -e prod"])
        func aTableFitsTheTerminalAndAPipeGetsAllOfIt(command: String) async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                let comment = String(repeating: "a long reason ", count: 20) + "end"
                for number in 1...2 {
                    try await registry.publish(#"{"n": \#(number)}"#, as: bench.parsing, comment: comment)
                }
                let narrow = try await show(command, columns: 80, bench, at: registry)
                #expect(narrow.count > 1)
                #expect(narrow.allSatisfy { $0.count <= 80 })
                #expect(narrow.contains { $0.hasSuffix("…") })
                // A part of a moment says nothing.
                let moment = try #require(try await registry.history(of: bench.parsing).last).createdAt.description
                #expect(narrow.contains { $0.contains(moment) })
                let wide = try await show(command, columns: 1_000, bench, at: registry)
                #expect(wide.last?.hasSuffix(comment) == true)
                let piped = try await bench.configbus(command.split(separator: " ").map(String.init), at: registry)
                #expect(piped.lines.last?.hasSuffix(comment) == true)
            }
        }
    }
}
