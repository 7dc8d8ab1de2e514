/// What is wrong with a log.
package struct AuditFault: Error, Sendable, Equatable {
    /// The line, from 1; nil when it is no single line.
    package let line: Int?
    /// One or more sentences.
    package let reason: String

    init(line: Int?, _ reason: String) {
        self.line = line
        self.reason = reason
    }
}

extension AuditFault: CustomStringConvertible {
    package var description: String { line.map { "Line \($0): \(reason)" } ?? reason }
}
