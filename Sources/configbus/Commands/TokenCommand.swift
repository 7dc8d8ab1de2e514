import ArgumentParser

/// Makes, shows and ends tokens.
struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Make, show and end tokens.",
        usage: "configbus token <subcommand>",
        subcommands: [
            TokenBootstrapCommand.self, TokenCreateCommand.self, TokenListCommand.self, TokenShowCommand.self,
            TokenRevokeCommand.self, TokenRotateCommand.self, TokenWhoamiCommand.self, TokenCheckCommand.self,
        ])
}

/// The identifier of a token on the command line.
struct TokenArgument: ParsableArguments {
    @Argument(help: "The token's identifier, as 'configbus token list' shows it.") var id: String

    func validate() throws { try Self.check(id) }

    /// Refuses the text of a token: what stands on a command line can be read by every user of the machine.
    static func check(_ id: String) throws(ValidationError) {
        guard !id.contains("cbt_") else {
            throw ValidationError(
                "This is the text of a token, which belongs on no command line. Its identifier is the 12 characters behind "
                    + "'cbt_'; revoke the token, other users of this machine may have seen it.")
        }
    }
}
