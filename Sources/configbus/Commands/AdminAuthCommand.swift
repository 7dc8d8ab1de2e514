import ArgumentParser
import ConfigModel
import ConfigRegistry
import ConfigStore

extension AdminCommand {
    struct Auth: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "auth",
            abstract: "Show or take back that callers need a credential.",
            usage: "configbus admin auth [--off] [<options>]",
            discussion: """
                The first token of a store, and a registry that is started with authentication, make it 'required': no \
                registry serves the store without authentication then. --off takes that back, until the next token is \
                made; stop the registries first, because one that runs with authentication goes on to need a credential.

                It prints 'optional' (there never was a token), 'required' or 'off'.
                """)

        @OptionGroup var options: StoreOptions
        @Flag(help: "Let registries serve this store without authentication.") var off = false
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let settings = try options.settings()
            let rule = try await AdminCommand.withStore(settings) { store in
                if off { try await FirstToken(store: store, registry: RegistryName.own).set(.off) }
                return try await store.state().authentication
            }
            var object = JSONObject()
            object["authentication"] = .string(rule.rawValue)
            try output.print(.object(object)) { "authentication: \(rule.rawValue)\nstore: \(settings.storePlace)" }
        }
    }
}
