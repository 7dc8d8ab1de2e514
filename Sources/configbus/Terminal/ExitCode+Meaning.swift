import ArgumentParser

/// What the exit codes mean; scripts rely on them.
extension ExitCode {
    /// The request was understood and refused: a conflict, a failed validation, something that does not exist, a
    /// local file that cannot be read.
    static let refused = ExitCode(1)
    /// The command line is wrong.
    static let usage = ExitCode(2)
    /// The registry, the store or the bus cannot be reached.
    static let unreachable = ExitCode(3)
    /// The registry does not allow it.
    static let notAllowed = ExitCode(4)

    /// The `type` of a failure about which the registry said nothing.
    var word: String {
        switch self {
        case .usage: "usage"
        case .unreachable: "unreachable"
        case .notAllowed: "not-allowed"
        default: "refused"
        }
    }
}
