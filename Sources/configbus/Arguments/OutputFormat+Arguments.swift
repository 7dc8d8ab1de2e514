import ArgumentParser

extension OutputFormat {
    /// What a command line asks for, also one that cannot be parsed. Every line of `watch` is an outcome, so that its failure
    /// is a sentence in any format.
    static func named(in arguments: [String]) -> OutputFormat {
        let options = arguments.prefix { $0 != "--" }
        guard options.first != WatchCommand._commandName else { return .text }
        for (option, next) in zip(options, options.dropFirst() + [""]) {
            let words = option.split(separator: "=", maxSplits: 1).map(String.init)
            guard let name = words.first, ["-o", "--output"].contains(name) else { continue }
            return OutputFormat(rawValue: words.count > 1 ? words[1] : next) ?? .text
        }
        return .text
    }
}
