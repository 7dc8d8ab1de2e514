import ArgumentParser

/// The words after the program's name.
enum ProgramArguments {
    /// Reads and checks them: mistakes that the parser would take for something else, or answer without a hint.
    ///
    /// - Throws: `CommandFailure` for a word that is not UTF-8, an unknown command, or an option that is given twice.
    static func read() throws -> [String] {
        let arguments = try (1..<max(1, Int(CommandLine.argc))).map { try word(at: $0) }
        let (command, path) = try CommandNames.command(in: arguments)
        try RepeatedOptions.check(arguments, of: command)
        return ArrangedArguments.arrange(arguments, of: command, path: path)
    }

    /// Swift's own list replaces what is not UTF-8, so that a value would change on its way in.
    private static func word(at index: Int) throws -> String {
        guard let bytes = CommandLine.unsafeArgv[index], let word = String(validatingCString: bytes) else {
            throw CommandFailure.usage("Argument \(index) is not UTF-8.")
        }
        return word
    }
}
