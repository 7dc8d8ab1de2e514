import ArgumentParser

/// Writes a command line as the parser understands it.
///
/// The parser takes a negative number for an option, so that `get s --version -1` had no version and `diff s -1` an unknown
/// option. And its time grows with the square of the number of words, which thousands of services of `watch` make minutes.
/// So options go in front, a negative number is joined to its option, and the other words follow behind `--`; those of
/// `watch` as one word of many lines.
struct ArrangedArguments {
    private(set) var options: [String] = []
    private(set) var words: [String] = []

    /// - Parameters:
    ///   - path: how many words name the command.
    /// - Returns: the same command line when it has nothing of that kind.
    static func arrange(_ arguments: [String], of command: any ParsableCommand.Type, path: Int) -> [String] {
        guard arguments.first != "help", command.configuration.subcommands.isEmpty else { return arguments }
        let rest = arguments.dropFirst(path)
        let joinsWords = command == WatchCommand.self && rest.count > 64
        guard joinsWords || rest.prefix(while: { $0 != "--" }).contains(where: isNegativeNumber) else {
            return arguments
        }
        let arranged = ArrangedArguments(rest, options: CommandOption.all(of: command))
        let words = joinsWords ? [arranged.words.joined(separator: "\n")] : arranged.words
        return arguments.prefix(path) + arranged.options + (arranged.words.isEmpty ? [] : ["--"] + words)
    }

    /// `-1`, `-.5` and what begins like that. No option does.
    static func isNegativeNumber(_ word: String) -> Bool {
        guard word.first == "-", let first = word.dropFirst().first(where: { $0 != "." }) else { return false }
        return first.isASCII && first.isNumber
    }

    private init(_ arguments: ArraySlice<String>, options known: [CommandOption]) {
        let names = Set(known.flatMap(\.names))
        var rest = arguments
        while let word = rest.popFirst() {
            guard word != "--" else {
                words += rest
                return
            }
            guard word.hasPrefix("-"), word != "-", !Self.isNegativeNumber(word) else {
                words.append(word)
                continue
            }
            guard names.contains(word), let value = rest.first else {
                options.append(word)
                continue
            }
            if Self.isNegativeNumber(value) {
                options.append("\(word)=\(value)")
            } else if value == "-" || !value.hasPrefix("-") {
                options += [word, value]
            } else {
                options.append(word)
                continue
            }
            rest.removeFirst()
        }
    }
}
