import ArgumentParser
import ConfigModel
import RegistryAPI
import RegistryClient

/// Makes a token in the place of one that ends.
struct TokenRotateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate", abstract: "Make a token in the place of another, which ends after a while.",
        usage: "configbus token rotate <id> [<options>]",
        discussion: """
            The new one has the same name, grants and rights. It is printed alone, this once; facts go to standard error.
            """)

    @OptionGroup var token: TokenArgument
    @Option(help: "For how long the old one still counts: 0s to 7d. (default: 1h)") var grace: TimeSpan?
    @OptionGroup var new: NewTokenOptions
    @OptionGroup var connection: ConnectionOptions

    func validate() throws {
        guard grace.map({ $0.duration.components.attoseconds == 0 }) ?? true else {
            throw ValidationError("--grace is in whole seconds, from 0s (the old one ends at once) to 7d.")
        }
    }

    func run() async throws {
        let client = try connection.client()
        let rotation = TokenRotation(token.id, grace: grace?.duration)
        try await new.issue(client) { try await client.rotateToken(rotation) }
    }
}
