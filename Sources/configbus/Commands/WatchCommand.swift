import ArgumentParser
import ConfigModel
import ConfigWatcher
import Logging
import ServiceLifecycle

/// Follows documents and makes their versions take effect.
struct WatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Follow documents: one line for each version that was applied or refused.",
        usage: "configbus watch <service> ... [<options>]",
        discussion: """
            configbus watch parsing --environment prod --exec 'nginx -t -c /dev/stdin' --out /etc/parsing.json
            --exec gets the content on standard input and CONFIGBUS_SERVICE, _ENVIRONMENT, _VERSION, _CHANGE_TYPE, \
            _CONTENT_HASH and _EPOCH; when it fails or takes too long the version is rejected and --out stays as it is.
            """)

    @Argument(help: "The services.") var services: [String]
    @OptionGroup var environment: EnvironmentOptions
    @OptionGroup var watching: WatchArguments
    @Option(help: "Run this command with /bin/sh for each version.") var exec: String?
    @Option(help: "Seconds that --exec may take.") var execTimeout: Int = 30
    @Option(help: "Replace this file with each version; may contain {service} and {environment}.", completion: .file())
    var out: String?
    @Flag(help: "End when every service has answered: 0 when all were applied, 1 otherwise.") var once = false
    @Option(help: "trace, debug, info, notice, warning, error or critical.") var logLevel: String = "warning"
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard !services.isEmpty else { throw ValidationError("Name at least one service.") }
        guard (1...3600).contains(execTimeout) else {
            throw ValidationError("--exec-timeout must be from 1 to 3600 seconds.")
        }
    }

    func run() async throws {
        let keys = Set(try services.map { try environment.key(of: $0) })
        let logger = try ProgramLog.logger(level: logLevel)
        let action = ApplyAction(
            exec: exec.map(ExecAction.init), out: try out.map { try FileTemplate($0, documents: keys.count) })
        let group = WatcherGroup(
            registry: try connection.client(), events: try watching.source(logger: logger),
            cache: watching.cache.map(ConfigCache.directory) ?? .none, options: try watching.options(), logger: logger)
        let outcomes = group.outcomes
        for key in keys.sorted() { group.watch(key, timeout: .seconds(execTimeout), apply: action.apply) }
        let report = WatchReport(outcomes: outcomes, output: output, pending: once ? keys : nil)
        // Stopped in reverse order: the group ends first, which ends the outcomes that the report waits for.
        try await ProgramServices.run([report, group], logger: logger, endsWithFirst: once)
        if await report.hasRefusals, once { throw ExitCode.refused }
    }
}
