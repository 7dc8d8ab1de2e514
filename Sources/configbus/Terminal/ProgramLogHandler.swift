import Logging

/// Writes to standard error what is logged, and until then does nothing with metadata but keep it: every request of the
/// server brings some, and hardly any request logs.
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
        output.metadata = metadata
        output.metadataProvider = metadataProvider
        output.log(event: event)
    }
}
