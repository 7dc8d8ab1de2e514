package import Logging

extension Logger {
    /// Says nothing: a test causes what would be logged.
    package static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}
