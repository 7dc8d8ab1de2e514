public import Logging

extension Logger {
    /// Where a watcher says what it does unless it is given another logger: what the application made of swift-log, which is
    /// standard error when it made nothing of it.
    public static var watcher: Logger { Logger(label: "configbus.watcher") }
}
