import ArgumentParser
import ConfigModel
import RegistryAPI
import RegistryClient

/// Where the text of a new token goes: the only time that it is shown.
struct NewTokenOptions: ParsableArguments {
    @Option(help: "Write the token to this new file, for you alone, and print nothing.", completion: .file())
    var out: String?
    @OptionGroup var output: OutputOptions

    /// Has a token made, and hands its text out. Standard output gets the text alone, so that a script can take it; what a
    /// person wants to know goes to standard error.
    func issue(_ client: RegistryClient, _ make: () async throws -> IssuedToken) async throws {
        let file = try out.map { path throws(CommandFailure) in try ReservedTokenFile(path: path) }
        let token: IssuedToken
        do {
            token = try await make()
        } catch {
            file?.discard()
            throw error
        }
        if let file { try await write(token, to: file, client) }
        StandardStream.error.write("configbus: \(ControlCharacters.escaped(token.facts.sentence))\n")
        if let out { StandardStream.error.write("configbus: its text is in \(ControlCharacters.escaped(out))\n") }
        switch (out, output.format) {
        case (nil, .text): StandardStream.output.write("\(token.secretText)\n")
        case (nil, _): try output.print(token.json) { "" }
        case (_?, .text): break
        case (_?, _): try output.print(token.facts.json) { "" }
        }
    }

    /// A token whose text cannot be kept is revoked.
    private func write(_ token: IssuedToken, to file: ReservedTokenFile, _ client: RegistryClient) async throws {
        do {
            try file.write(token.secretText)
        } catch {
            file.discard()
            let isRevoked = (try? await client.revokeToken(token.facts.id)) != nil
            throw CommandFailure.refused(
                "Cannot write \(file.path): \(error). "
                    + (isRevoked
                        ? "The token \(token.facts.id) was revoked again."
                        : "Its text is lost: revoke it with 'configbus token revoke \(token.facts.id)'.")
            )
        }
    }
}
