/// What makes a version take effect, or looks at it: a command, or a signal to a process.
protocol VersionEffect: Sendable {
    /// What it was given with, for messages.
    var name: String { get }
    /// How long it may take.
    var limit: Duration { get }
    /// True when it is not begun any more, because this program ends.
    var isEnding: Bool { get }

    /// - Parameters:
    ///   - content: what is in the file.
    ///   - facts: what is known about it.
    /// - Throws: `ApplyFailure` when the version is refused, `RetriedFailure` when it should be tried again.
    func run(_ content: [UInt8], _ facts: CommandFacts) async throws
}
