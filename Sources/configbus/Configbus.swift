import ArgumentParser
import MongoStore

/// The command line. Parts are put together here and nowhere else.
@main
struct Configbus: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "configbus",
        abstract: "Configuration over a message bus: verified before it is used, and it answers back.",
        discussion: """
            CONFIGBUS_URL and CONFIGBUS_ENVIRONMENT stand in for --url and --environment, CONFIGBUS_AMQP_URI and \
            CONFIGBUS_MONGODB_URI for --amqp-uri and --mongodb-uri.
            Exit codes: 0 done, 1 refused, 2 usage, 3 cannot reach, 4 not allowed.
            'configbus --version' prints the version.
            """,
        groupedSubcommands: [
            CommandGroup(
                name: "Servers",
                subcommands: [
                    ServeCommand.self, AuditCommand.self, AdminCommand.self, BackupCommand.self, RestoreCommand.self,
                ]),
            CommandGroup(
                name: "Documents",
                subcommands: [
                    PublishCommand.self, GetCommand.self, SetCommand.self, UnsetCommand.self, ListCommand.self,
                    HistoryCommand.self, DiffCommand.self, RollbackCommand.self, DeleteCommand.self,
                    PromoteCommand.self,
                    ApplyCommand.self, ValidateCommand.self, SchemaCommand.self,
                ]),
            CommandGroup(name: "Many documents", subcommands: [ImportCommand.self, ExportCommand.self]),
            CommandGroup(name: "Services", subcommands: [WatchCommand.self, AgentCommand.self]),
            CommandGroup(name: "Identities", subcommands: [TokenCommand.self, DenialCommand.self]),
            CommandGroup(
                name: "Tools",
                subcommands: [
                    HealthCommand.self, DoctorCommand.self, BenchCommand.self, KeysCommand.self,
                    CompletionsCommand.self,
                ]),
        ])

    /// One spelling for every failure, the parser's too.
    static var _errorPrefix: String { "error: " }

    static func main() async {
        SharedCounters.forget()
        let format = OutputFormat.named(in: Array(CommandLine.arguments.dropFirst()))
        do {
            let arguments = try ProgramArguments.read()
            // Not the parser's own flag, which would stand in the help of every command, also beside `get --version N`.
            guard arguments != ["--version"] else { return StandardStream.output.write(Version.text + "\n") }
            UnreadVariables.warn()
            var command = try parseAsRoot(arguments)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            Exit.leave(after: error, format)
        }
    }
}
