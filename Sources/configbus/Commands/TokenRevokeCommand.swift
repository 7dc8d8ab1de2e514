import ArgumentParser
import ConfigModel
import RegistryClient

/// Ends tokens at once.
struct TokenRevokeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "End tokens at once.",
        usage: "configbus token revoke <id> ... [<options>]",
        discussion: """
            Within five seconds no registry of the store takes them any more, and the streams that they opened have ended.
            """)

    @Argument(
        help: ArgumentHelp("The tokens' identifiers, as 'configbus token list' shows them.", valueName: "id"))
    var ids: [String]
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        for id in ids { try TokenArgument.check(id) }
    }

    func run() async throws {
        let client = try connection.client()
        for id in ids {
            let isRevoked = try await client.revokeToken(id)
            var object = JSONObject()
            object["id"] = .string(id)
            object["revoked"] = .number(JSONNumber(isRevoked ? 1 : 0))
            try output.print(.object(object)) {
                isRevoked ? "token \(id) is revoked." : "token \(id) was revoked before."
            }
        }
    }
}
