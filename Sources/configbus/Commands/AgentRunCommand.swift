import ArgumentParser
import ConfigModel
import ConfigWatcher
import Logging
import RegistryClient
import RegistrySource
import ServiceLifecycle

/// Follows the documents of a file of settings.
struct AgentRunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Follow the documents of a file of settings.",
        usage: "configbus agent --config <config> [<options>]",
        discussion: """
            registry: { url: "https://registry:8000", token_file: /run/credentials/token }
            cache: /var/lib/configbus-agent
            status: 127.0.0.1:9101
            documents:
              - key: parsing/prod
                path: /etc/parsing/config.json
                check: [parsing, --check, "{file}"]
                reload: { command: [systemctl, reload, parsing] }

            For each version the file is written beside its place and looked at by check, then renamed into its place, then \
            reload is called. When that fails or takes too long the old file is put back, reload is called once more, and the \
            version is rejected. SIGHUP reads the settings again and asks the registry about every document; settings with \
            mistakes change nothing. All settings are in docs/agent.md.
            """)

    @Option(help: "The file of settings: JSON, YAML or TOML by its ending.", completion: .file()) var config: String
    @Option(help: "trace, debug, info, notice, warning, error or critical.") var logLevel: String = "warning"
    @OptionGroup var output: OutputOptions

    func run() async throws {
        ProgramServices.ignoreHangups()
        try DescriptorLimit.ensure(DescriptorLimit.leastForWatching)
        let logger = try ProgramLog.logger(level: logLevel)
        let settings: AgentSettings
        do {
            settings = try AgentSettings.read(config)
        } catch let mistakes as SettingsMistakes {
            throw mistakes.failure
        }
        try await Agent(settings, config: config, output: output, logger: logger).run()
    }
}
