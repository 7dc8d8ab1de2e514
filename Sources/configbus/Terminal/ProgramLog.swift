import ArgumentParser
import Logging

/// Where a program that runs for long says what happens: standard error.
enum ProgramLog {
    /// How a line is written.
    enum Format: String, CaseIterable, ExpressibleByArgument, Sendable {
        /// For people.
        case text
        /// One JSON object a line.
        case json
    }

    /// What the HTTP framework calls a request, which has a name of its own in the log.
    static let frameworksRequestID = "hb.request.id"

    /// - Parameter provider: adds to every line what names the request that is handled.
    /// - Throws: `CommandFailure` for a level that does not exist.
    static func logger(
        level name: String, format: Format = .text, provider: Logger.MetadataProvider? = nil
    ) throws -> Logger {
        guard let level = Logger.Level(rawValue: name) else {
            let names = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
            throw CommandFailure.usage("--log-level must be one of \(names), not '\(name)'.")
        }
        var logger = Logger(
            label: "configbus",
            factory: { label in
                switch format {
                case .text:
                    var handler = ProgramLogHandler(label: label)
                    handler.metadataProvider = provider
                    return handler
                case .json: return JSONLogHandler(metadataProvider: provider)
                }
            })
        logger.logLevel = level
        return logger
    }
}

/// The flags about the log of a command that runs for long.
struct LogOptions: ParsableArguments {
    @Option(help: "How lines of the log are written: text or json, one object a line.")
    var logFormat: ProgramLog.Format = .text
}
