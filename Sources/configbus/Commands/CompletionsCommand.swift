import ArgumentParser

/// Prints a shell's completion script.
struct CompletionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "completions", abstract: "Print the completion script of a shell.",
        usage: "configbus completions <shell>",
        discussion: "configbus completions bash > /etc/bash_completion.d/configbus")

    enum Shell: String, CaseIterable, ExpressibleByArgument {
        case bash
        case zsh
        case fish
    }

    @Argument(help: "The shell.") var shell: Shell

    func run() throws {
        guard let known = CompletionShell(rawValue: shell.rawValue) else {
            throw CommandFailure.usage("There are no completions for \(shell.rawValue).")
        }
        StandardStream.output.write(Configbus.completionScript(for: known) + "\n")
    }
}
