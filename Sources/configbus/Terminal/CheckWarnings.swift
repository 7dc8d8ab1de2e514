import ConfigModel

/// What checks found and let pass.
enum CheckWarnings {
    /// Writes one line for each to standard error.
    static func say(_ warnings: [CheckFinding]) {
        for warning in warnings { Warning.say(warning.warningLine) }
    }
}
