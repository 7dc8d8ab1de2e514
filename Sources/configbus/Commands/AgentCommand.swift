import ArgumentParser
import ConfigModel

/// Keeps files of services in any language in step with their documents.
struct AgentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agent", abstract: "Keep the files of services in any language in step with their documents.",
        usage: "configbus agent <subcommand>", subcommands: [AgentRunCommand.self, AgentCheckCommand.self],
        defaultSubcommand: AgentRunCommand.self)
}

/// Looks at a file of settings.
struct AgentCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Say everything that is wrong with a file of settings, and do nothing else.",
        usage: "configbus agent check <file> [<options>]",
        discussion: """
            configbus agent check /etc/configbus/agent.yaml

            Ends with 0 when there is nothing wrong, otherwise with 2. It is for the machine and the user that the agent runs \
            as: folders, owners, programs and files with secrets are looked at.
            """)

    @Argument(help: "The file: JSON, YAML or TOML by its ending.", completion: .file()) var file: String
    @OptionGroup var output: OutputOptions

    func run() throws {
        do {
            let settings = try AgentSettings.read(file)
            try output.print(Self.result(file)) {
                "\(file): \(Count.text(settings.documents.count, "document")), nothing wrong."
            }
        } catch let mistakes as SettingsMistakes {
            throw mistakes.failure
        }
    }

    private static func result(_ file: String) -> JSONValue {
        var object = JSONObject()
        object["file"] = .string(file)
        object["valid"] = .bool(true)
        return .object(object)
    }
}
