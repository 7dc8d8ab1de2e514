import ArgumentParser

/// Refuses an option that takes one value and is given several: the parser would take the last one without a word.
enum RepeatedOptions {
    static func check(_ arguments: [String], of command: any ParsableCommand.Type) throws {
        let given = arguments.prefix { $0 != "--" }.compactMap(name)
        // Most command lines end here: describing a command takes longer than parsing its options.
        guard Set(given).count < given.count || given.contains(where: isShort) else { return }
        for option in CommandOption.all(of: command) where !option.isRepeating {
            let count = given.count { option.names.contains($0) }
            guard count > 1, let name = option.names.max(by: { $0.count < $1.count }) else { continue }
            throw CommandFailure.usage(
                "\(name) is given \(count) times and takes one value. Run the command once for each value.")
        }
    }

    /// The name in `--name`, `--name=value`, `-n` or `-n=value`; nil for anything else.
    private static func name(_ argument: String) -> String? {
        guard argument.hasPrefix("-"), !ArrangedArguments.isNegativeNumber(argument),
            let name = argument.split(separator: "=", maxSplits: 1).first
        else { return nil }
        return name.hasPrefix("--") || isShort(String(name)) ? String(name) : nil
    }

    private static func isShort(_ name: String) -> Bool { name.count == 2 }
}
