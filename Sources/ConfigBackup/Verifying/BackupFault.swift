/// The first line of a backup that does not hold, and why.
package struct BackupFault: Error, Sendable, Equatable, CustomStringConvertible {
    /// Its number, from 1.
    package let line: Int
    /// One sentence.
    package let reason: String

    /// Names a line.
    package init(line: Int, _ reason: String) {
        self.line = line
        self.reason = reason
    }

    package var description: String { "Line \(line): \(reason)" }
}
