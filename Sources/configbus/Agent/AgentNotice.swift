import ConfigModel

/// What the agent says beside its outcomes.
enum AgentNotice {
    /// Writes one line to standard error.
    static func say(_ sentence: String) {
        StandardStream.error.write("agent: \(ControlCharacters.escaped(sentence))\n")
    }
}
