import ArgumentParser
import ConfigModel

/// An option of a command that takes a value.
struct CommandOption {
    /// `-e` and `--environment`.
    let names: [String]
    /// It may be given several times.
    let isRepeating: Bool

    /// The options of a command that take a value. Describing a command takes longer than parsing its options, so that this
    /// is only asked for when it is needed.
    static func all(of command: any ParsableCommand.Type) -> [CommandOption] {
        guard case .object(let tool)? = try? JSONValue(parsing: command._dumpHelp()),
            case .object(let description)? = tool["command"], case .array(let arguments)? = description["arguments"]
        else { return [] }
        return arguments.compactMap { argument in
            guard case .object(let argument) = argument, argument["kind"] == .string("option"),
                case .array(let names)? = argument["names"]
            else { return nil }
            return CommandOption(
                names: names.compactMap(spelling), isRepeating: argument["isRepeating"] == .bool(true))
        }
    }

    private static func spelling(_ name: JSONValue) -> String? {
        guard case .object(let name) = name, case .string(let text)? = name["name"] else { return nil }
        return name["kind"] == .string("short") ? "-" + text : "--" + text
    }
}
