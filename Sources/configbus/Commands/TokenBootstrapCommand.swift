import ArgumentParser
import ConfigAccess
import ConfigModel
import ConfigRegistry
import ConfigStore

/// Makes the token that administers everything, at the store itself.
struct TokenBootstrapCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bootstrap",
        abstract: "Make the first token, at the store itself.",
        usage: "configbus token bootstrap [<options>]",
        discussion: """
            The token has the grant admin:#/*, is named bootstrap and ends after 24 hours: make tokens for people and \
            programs with it, and revoke it. From now on no caller is let in without a credential, whichever registry \
            serves this store. An embedded store is used by one process at a time: stop its registry first.

            It prints the token alone, facts go to standard error. Run it again when every administrator is lost; older \
            tokens stay as they are, and an entry of the access log says that it was done.
            """)

    @OptionGroup var options: StoreOptions
    @Option(help: "Write the token to this new file, for you alone, and print nothing.", completion: .file())
    var out: String?

    func run() async throws {
        let settings = try options.settings()
        let text = TokenText.random()
        // Before the store: a token whose text cannot be kept is of no use.
        try makeFile(text)
        let made: (token: AccessToken, others: [AccessToken])
        do {
            made = try await AdminCommand.withStore(settings, makesStore: options.dataDir != nil) { store in
                try await FirstToken(store: store, registry: RegistryName.own).add(text)
            }
        } catch {
            if let out { TokenFile.remove(out) }
            throw error
        }
        report(made.token, made.others)
        if out == nil { StandardStream.output.write(text.secretText + "\n") }
    }

    private func makeFile(_ text: TokenText) throws {
        guard let out else { return }
        do { try TokenFile.create(out, text) } catch { throw TokenFile.failure(making: out, error) }
    }

    private func report(_ token: AccessToken, _ others: [AccessToken]) {
        var lines = [
            "made the token \(token.id) with the grant \(Grant.administrator), which ends at \(token.expiresAt.map { "\($0)" } ?? "no time")"
        ]
        if let out { lines.append("its text is in \(out)") }
        if !others.isEmpty {
            lines.append(
                "\(others.count) more living tokens administer everything (\(others.map(\.id).joined(separator: ", "))): "
                    + "revoke one that is lost with 'configbus token revoke ID'")
        }
        for line in lines { StandardStream.error.write("configbus: \(line)\n") }
    }
}
