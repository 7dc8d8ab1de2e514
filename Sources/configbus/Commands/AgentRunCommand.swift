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
            configbus agent --config /etc/configbus/agent.yaml

            The settings name the registry and, of each document, the file, its notation, a program that looks at \
            candidates, and the command or signal that makes a version take effect. All of them are in docs/agent.md.

            For each version the file is written beside its place and looked at by check, then renamed into its place, then \
            reload is called. When that fails or takes too long the old file is put back, reload is called once more, and the \
            version is rejected. SIGHUP reads the settings again and asks the registry about every document; settings with \
            mistakes change nothing.
            """)

    @Option(help: "The file of settings: JSON, YAML or TOML by its ending.", completion: .file()) var config: String
    @Option(help: "trace, debug, info, notice, warning, error or critical.") var logLevel: String = "warning"
    @OptionGroup var logging: LogOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        ProgramServices.ignoreHangups()
        try DescriptorLimit.ensure(DescriptorLimit.leastForWatching)
        let logger = try ProgramLog.logger(level: logLevel, format: logging.logFormat)
        let settings: AgentSettings
        do {
            settings = try AgentSettings.read(config)
        } catch let mistakes as SettingsMistakes {
            throw mistakes.failure
        }
        try await Agent(settings, config: config, output: output, logger: logger).run()
    }
}
