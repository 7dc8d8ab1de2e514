import ArgumentParser
import ConfigModel
import ConfigWatcher
import Logging
import RegistryClient
import RegistrySource
import ServiceLifecycle

/// Follows documents and makes their versions take effect.
struct WatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Follow documents: one line for each version that was applied or refused.",
        usage: "configbus watch <service> ... [<options>]",
        discussion: """
            configbus watch parsing -e prod --out /etc/x.json --exec 'systemctl reload x'

            For each version --check looks at the candidate (its path in CONFIGBUS_FILE), then --out is replaced, then \
            --exec runs and sees the new file. When --exec fails or takes too long the old file is put back, --exec runs \
            once more with it, and the version is rejected. Both get the content on standard input and \
            CONFIGBUS_SERVICE, _ENVIRONMENT, _VERSION, _CHANGE_TYPE, _CONTENT_HASH, _EPOCH and _FILE. What a command \
            leaves running in its process group is ended with it. SIGHUP asks the registry about every document now.

            What is waited for is said on standard error. --once ends with 0 when all were applied, 1 when one was \
            refused or does not exist, 3 when there was no answer within --timeout, 4 when the registry did not allow it. Of a word with several lines each is a \
            service: configbus watch "$(cat services.txt)".
            """)

    @Argument(help: ArgumentHelp("The services.", valueName: "service")) var services: [String]
    @OptionGroup var environment: EnvironmentOptions
    @OptionGroup var watching: WatchArguments
    @OptionGroup var applying: ApplyOptions
    @Flag(help: "End when every service has answered.") var once = false
    @Option(help: "trace, debug, info, notice, warning, error or critical.") var logLevel: String = "warning"
    @OptionGroup var logging: LogOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard !services.isEmpty else { throw ValidationError("Name at least one service.") }
        guard watching.file == nil || services.count == 1 else {
            throw ValidationError("--file holds the document of one service; for several use --directory.")
        }
    }

    func run() async throws {
        ProgramServices.ignoreHangups()
        try DescriptorLimit.ensure(DescriptorLimit.leastForWatching)
        let names = services.flatMap { $0.split(separator: "\n", omittingEmptySubsequences: false) }
        let keys = Set(try names.map { try environment.key(of: String($0)) })
        let commands = CommandGroups(program: "watch")
        let action = try applying.action(for: keys, commands)
        let logger = try ProgramLog.logger(level: logLevel, format: logging.logFormat)
        let (source, client) = try source(logger: logger)
        let group = WatcherGroup(
            source: source,
            cache: watching.cache.map(ConfigCache.directory) ?? .none, options: try watching.options(), logger: logger)
        let (news, continuation) = AsyncStream.makeStream(
            of: WatchNews.self, bufferingPolicy: .bufferingNewest(4_096))
        let (conditions, said) = AsyncStream.makeStream(of: WatchCondition.self)
        group.observe { continuation.yield(.outcome($0)) }
        group.observeConditions { said.yield($0) }
        var watchers: [DocumentKey: ConfigWatcher<ConfigDocument>] = [:]
        for key in keys.sorted() {
            watchers[key] = group.watch(key, timeout: action.limit, apply: action.apply)
        }
        let report = WatchReport(
            news: news, continuation: continuation, output: output,
            once: once ? waiting(for: watchers) : nil)
        let notices = WatchNotices(
            program: "watch", conditions: conditions, news: continuation, client: client, isOnce: once,
            absence: { await group.absence(of: $0) })
        // Stopped in reverse order: the commands first, then the group, which ends the news that the report waits for.
        let services: [any Service] = [
            report, notices, WatchedGroup(group: group, news: continuation), CommandStop(groups: commands),
        ]
        do {
            try await ProgramServices.run(
                services, logger: logger, endsWithFirst: once, onHangup: { group.reload(trigger: .signal) },
                atOnce: commands.kill)
        } catch is ServiceGroupError where once {
            // A signal came when the last document answered; what came of all of them says how it ends.
        } catch {
            await commands.end()
            if let failure = error as? OutputFailure { StandardStream.output.fail(failure.error) }
            throw error
        }
        await commands.end()
        if once { try await report.result() }
    }

    /// Where the documents come from; without a client when it is files.
    private func source(logger: Logger) throws -> (any ConfigSource, RegistryClient?) {
        if let files = watching.files { return (files, nil) }
        let client = try connection.client()
        guard watching.trustedKeys == nil || client.provesFreshness else {
            throw CommandFailure.usage(
                "--trusted-keys does not help against old versions that are sent again by what is between here and a registry "
                    + "at http:// on another machine: use https://, or add --allow-plaintext when the way is trusted.")
        }
        return (RegistrySource(client, events: try watching.source(logger: logger)), client)
    }

    private func waiting(for watchers: [DocumentKey: ConfigWatcher<ConfigDocument>]) -> WatchReport.Once {
        WatchReport.Once(pending: Set(watchers.keys), limit: connection.timeout.duration) { key in
            watchers[key]?.state == .reloading
        }
    }
}
