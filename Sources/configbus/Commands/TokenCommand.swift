import ArgumentParser

/// Makes, shows and ends tokens.
struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Make, show and end tokens.",
        usage: "configbus token <subcommand>", subcommands: [TokenBootstrapCommand.self])
}
