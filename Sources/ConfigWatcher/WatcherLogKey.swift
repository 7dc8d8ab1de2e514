/// The names of what log messages carry.
enum WatcherLogKey {
    static let document = "config.document"
    static let handler = "config.handler"
    static let error = "error"
    static let version = "config.version"
    static let outcome = "config.outcome"
    static let warnings = "config.warnings"
    static let exchange = "config.exchange"
    static let source = "config.source"
    static let path = "config.path"
}
