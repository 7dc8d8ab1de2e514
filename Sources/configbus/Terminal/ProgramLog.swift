import Logging

/// Where a program that runs for long says what happens: standard error.
enum ProgramLog {
    /// - Throws: `CommandFailure` for a level that does not exist.
    static func logger(level name: String) throws -> Logger {
        guard let level = Logger.Level(rawValue: name) else {
            let names = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
            throw CommandFailure.usage("--log-level must be one of \(names), not '\(name)'.")
        }
        var logger = Logger(label: "configbus", factory: { ProgramLogHandler(label: $0) })
        logger.logLevel = level
        return logger
    }
}
