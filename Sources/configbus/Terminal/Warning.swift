import ConfigModel

/// What is no failure and has to be known.
enum Warning {
    /// Writes one line to standard error.
    static func say(_ sentence: String) {
        StandardStream.error.write(
            StandardStream.error.colored("warning: ", .yellow) + ControlCharacters.escaped(sentence) + "\n")
    }
}
