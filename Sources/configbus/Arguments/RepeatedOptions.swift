import ArgumentParser
import ConfigModel

/// Refuses an option that takes one value and is given several: the parser would take the last one without a word.
enum RepeatedOptions {
    static func check(_ arguments: [String], of command: any ParsableCommand.Type) throws {
        let given = arguments.prefix { $0 != "--" }.compactMap(name)
        // Most command lines end here: describing a command takes longer than parsing its options.
        guard Set(given).count < given.count || given.contains(where: isShort) else { return }
        for option in singleOptions(of: command) {
            let count = given.count { option.contains($0) }
            guard count > 1, let name = option.max(by: { $0.count < $1.count }) else { continue }
            throw CommandFailure.usage(
                "\(name) is given \(count) times and takes one value. Run the command once for each value.")
        }
    }

    /// The name in `--name`, `--name=value`, `-n` or `-n=value`; nil for anything else.
    private static func name(_ argument: String) -> String? {
        guard argument.hasPrefix("-"), let name = argument.split(separator: "=", maxSplits: 1).first else { return nil }
        return name.hasPrefix("--") || isShort(String(name)) ? String(name) : nil
    }

    private static func isShort(_ name: String) -> Bool { name.count == 2 }

    /// The names of each option that takes a value and may be given once.
    private static func singleOptions(of command: any ParsableCommand.Type) -> [[String]] {
        guard case .object(let tool)? = try? JSONValue(parsing: command._dumpHelp()),
            case .object(let description)? = tool["command"], case .array(let arguments)? = description["arguments"]
        else { return [] }
        return arguments.compactMap { argument in
            guard case .object(let argument) = argument, argument["kind"] == .string("option"),
                argument["isRepeating"] == .bool(false), case .array(let names)? = argument["names"]
            else { return nil }
            return names.compactMap(spelling)
        }
    }

    private static func spelling(_ name: JSONValue) -> String? {
        guard case .object(let name) = name, case .string(let text)? = name["name"] else { return nil }
        return name["kind"] == .string("short") ? "-" + text : "--" + text
    }
}
