import ConfigModel
import Logging

/// Writes to standard error what is logged, and until then does nothing with metadata but keep it: every request of the
/// server brings some, and hardly any request logs. What stands in a line is made safe for the terminal.
struct ProgramLogHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?
    var logLevel: Logger.Level = .info

    private let output: StreamLogHandler

    init(label: String) { output = StreamLogHandler.standardError(label: label) }

    subscript(metadataKey key: String) -> Logger.MetadataValue? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var output = output
        output.metadata = metadata.mapValues(\.escaped)
        output.metadata[ProgramLog.frameworksRequestID] = nil
        output.metadataProvider = metadataProvider
        var event = event
        event.message = "\(ControlCharacters.escaped(event.message.description))"
        event.metadata = event.metadata?.mapValues(\.escaped)
        output.log(event: event)
    }
}

extension Logger.MetadataValue {
    fileprivate var escaped: Logger.MetadataValue {
        switch self {
        case .string(let text): .string(ControlCharacters.escaped(text))
        case .stringConvertible(let value): .string(ControlCharacters.escaped(value.description))
        case .array(let values): .array(values.map(\.escaped))
        case .dictionary(let members): .dictionary(members.mapValues(\.escaped))
        }
    }
}
