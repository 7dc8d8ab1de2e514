import ArgumentParser
import ConfigModel
import RegistryAPI
import RegistryClient

/// Shows the tokens within the caller's own grants.
struct TokenListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Show the tokens within your own grants.",
        usage: "configbus token list [<options>]")

    @Flag(help: "Also those that have ended or were revoked.") var all = false
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let tokens = try await connection.client().tokens().filter { all || $0.status == .active }
        try output.print(.array(tokens.map { try $0.json })) {
            guard !tokens.isEmpty else { return all ? "There are no tokens." : "There are no tokens that count." }
            return text(tokens)
        }
    }

    private func text(_ tokens: [TokenFacts]) -> String {
        var table = TextTable(header: ["ID", "NAME", "STATUS", "ENDS", "LAST USED", "GRANTS", "COMMENT"])
        for token in tokens {
            let end = token.expiresAt.map { "\($0)" } ?? "never"
            let grants = (token.grants + token.rights).joined(separator: " ")
            table.add([
                token.id, token.name, token.status.rawValue, end, token.lastUsedAt.map { "\($0)" } ?? "", grants,
                token.comment,
            ])
        }
        return table.text
    }
}

/// Shows one token.
struct TokenShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show one token.", usage: "configbus token show <id> [<options>]")

    @OptionGroup var token: TokenArgument
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let token = try await connection.client().token(token.id)
        try output.print(token.json) { FactLines.text(token.lines) }
    }
}
