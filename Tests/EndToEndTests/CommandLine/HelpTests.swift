import ArgumentParser
import Testing

@testable import configbus

extension CommandLineTests {
    /// The help of every command.
    @Suite struct HelpTests {
        struct Command: CustomTestStringConvertible {
            let path: [String]
            let type: any ParsableCommand.Type

            var testDescription: String { path.joined(separator: " ") }
            var help: String { Configbus.helpMessage(for: type, columns: 80) }
            var lines: [Substring] { help.split(separator: "\n") }

            /// This command and all below it.
            var all: [Command] {
                [self]
                    + type.configuration.subcommands.flatMap {
                        Command(path: path + [$0._commandName], type: $0).all
                    }
            }
        }

        static let commands = Command(path: ["configbus"], type: Configbus.self).all

        @Test(arguments: commands)
        func noOptionIsThereTwice(command: Command) {
            let options = command.lines.filter { $0.hasPrefix("  -") }.flatMap { line in
                line.split(separator: " ").prefix { $0.hasPrefix("-") || $0.hasPrefix("<") }.filter {
                    $0.hasPrefix("-")
                }
            }.map { $0.hasSuffix(",") ? $0.dropLast() : $0 }
            #expect(options.sorted() == Set(options).sorted())
        }

        @Test(arguments: commands)
        func aNoteInBracketsIsNotFollowedByAnother(command: Command) {
            let text = command.lines.map { $0.drop { $0 == " " } }.joined(separator: " ")
            #expect(!text.contains(") (default") && !text.contains(") (values"))
        }

        @Test(arguments: commands)
        func aParagraphIsOneLineOfTheSourceSoThatItIsWrappedOnce(command: Command) {
            let lines = command.type.configuration.discussion.split(separator: "\n")
            #expect(lines.filter { !$0.hasSuffix(".") && !$0.contains("configbus ") } == [])
        }

        @Test(arguments: commands)
        func everyLineFitsATerminalOf80Columns(command: Command) {
            #expect(command.lines.filter { $0.count > 80 } == [])
        }

        @Test(arguments: commands)
        func anExampleIsALineThatCanBeCopied(command: Command) {
            let examples = command.type.configuration.discussion.split(separator: "\n").filter {
                $0.hasPrefix("configbus ")
            }
            #expect(examples.filter { $0.count > 80 } == [])
        }

        @Test(arguments: commands)
        func usageAndArgumentsHaveTheSameNames(command: Command) throws {
            let usage = try #require(command.lines.first { $0.hasPrefix("USAGE: ") })
            let rest = command.lines.drop { $0 != "ARGUMENTS:" }.dropFirst().prefix { $0.hasPrefix(" ") }
            let names = rest.filter { $0.hasPrefix("  <") }.map { $0.dropFirst(2).prefix { $0 != " " } }
            #expect(names.filter { !usage.contains($0) } == [])
        }

        @Test(arguments: commands)
        func everyCommandThatTalksToARegistryTakesCertificatesAndAToken(command: Command) {
            let names = ["--ca-file", "--client-cert", "--client-key", "--token-file", "--allow-plaintext"]
            let isClient =
                command.help.contains("The registry's address") || command.path.suffix(2) == ["audit", "verify"]
            #expect(names.filter { command.help.contains("  \($0)") } == (isClient ? names : []) || isBench(command))
        }

        /// Its registry is its own.
        private func isBench(_ command: Command) -> Bool {
            command.path.last == "bench" && command.help.contains("--ca-file")
        }

        @Test(arguments: commands)
        func noCommandCanBeKeptFromVerifyingACertificate(command: Command) {
            for word in ["insecure", "skip", "no-verify"] { #expect(!command.help.lowercased().contains("--\(word)")) }
        }
    }
}
