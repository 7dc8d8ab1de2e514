/// How far something is with a backup, on the terminal of standard error and nowhere else.
struct BackupProgress: Sendable {
    private static let period = 5_000

    private let phase: String
    private let isShown: Bool
    private var shown = 0

    /// - Parameter phase: what is being done: `reading`.
    init(_ phase: String) {
        self.phase = phase
        isShown = StandardStream.error.isTerminal
    }

    /// Shows how many versions there were, and now and then does nothing.
    mutating func step(_ versions: Int) {
        guard isShown, versions >= shown + Self.period else { return }
        shown = versions
        StandardStream.error.write("\r\u{1b}[K\(phase) ... \(versions) versions")
    }

    /// Leaves the line to what comes next.
    mutating func end() {
        guard isShown, shown > 0 else { return }
        shown = 0
        StandardStream.error.write("\r\u{1b}[K")
    }
}
