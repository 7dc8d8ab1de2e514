import ArgumentParser
import ConfigModel

/// Finds the command that a command line names.
enum CommandNames {
    /// - Returns: the innermost command that is named, and how many words name it.
    /// - Throws: `CommandFailure` for a name that does not exist, with the nearest one that does. The parser itself would
    ///   show the program's help, or call the name an unexpected argument.
    static func command(in arguments: [String]) throws -> (command: any ParsableCommand.Type, path: Int) {
        var command: any ParsableCommand.Type = Configbus.self
        var count = 0
        var path = Configbus._commandName
        for word in arguments.first == "help" ? arguments.dropFirst() : arguments[...] {
            let subcommands = command.configuration.subcommands
            guard !subcommands.isEmpty, !word.hasPrefix("-") else { break }
            guard let next = subcommands.first(where: { $0._commandName == word }) else {
                if command is any ArgumentByDefault.Type, let byDefault = command.configuration.defaultSubcommand {
                    return (byDefault, count)
                }
                throw unknown(word, after: path, subcommands.map { $0._commandName })
            }
            command = next
            count += 1
            path += " " + word
        }
        return (command, count)
    }

    private static func unknown(_ word: String, after path: String, _ names: [String]) -> CommandFailure {
        let hint = NearestName.hint(for: word, among: names + ["help"])
        return .usage("There is no command '\(path) \(word)'.\(hint) '\(path) --help' lists the commands.")
    }
}
