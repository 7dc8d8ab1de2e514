import ArgumentParser
import MongoStore

/// The command line. Parts are put together here and nowhere else.
@main
struct Configbus: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "configbus",
        abstract: "Configuration over a message bus: verified before it is used, and it answers back.",
        discussion: """
            CONFIGBUS_URL, CONFIGBUS_TOKEN and CONFIGBUS_ENVIRONMENT stand in for --url, the token and --environment.
            Exit codes: 0 done, 1 refused, 2 usage, 3 cannot reach, 4 not allowed.
            """,
        version: Version.text,
        groupedSubcommands: [
            CommandGroup(name: "Servers", subcommands: [ServeCommand.self, AuditCommand.self, AdminCommand.self]),
            CommandGroup(
                name: "Documents",
                subcommands: [
                    PublishCommand.self, GetCommand.self, SetCommand.self, UnsetCommand.self, ListCommand.self,
                    HistoryCommand.self, DiffCommand.self, RollbackCommand.self, DeleteCommand.self,
                ]),
            CommandGroup(name: "Services", subcommands: [WatchCommand.self]),
            CommandGroup(
                name: "Help",
                subcommands: [DoctorCommand.self, BenchCommand.self, KeysCommand.self, CompletionsCommand.self]),
        ])

    static func main() async {
        SharedCounters.forget()
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            Exit.leave(after: error)
        }
    }
}
