import ArgumentParser
import RegistryAPI
import RegistryClient

/// A failure as a person sees it: a sentence that says what to do, and the exit code for scripts.
struct CommandFailure: Error, CustomStringConvertible {
    let exitCode: ExitCode
    let description: String
    /// What it consists of, each a line of its own below the sentence.
    var details: [String] = []
    /// What the registry answered, for programs.
    private(set) var problem: Problem?

    init(_ exitCode: ExitCode, _ description: String) {
        self.exitCode = exitCode
        self.description = description
    }

    /// The same with lines below it.
    func with(_ details: [String]) -> CommandFailure {
        var failure = self
        failure.details += details
        return failure
    }

    static func usage(_ sentence: String) -> CommandFailure { CommandFailure(.usage, sentence) }

    static func refused(_ sentence: String) -> CommandFailure { CommandFailure(.refused, sentence) }

    static func unreachable(_ sentence: String) -> CommandFailure { CommandFailure(.unreachable, sentence) }
}

extension CommandFailure {
    /// The registry's own sentence, with what this command line can add to it and, below it, what checks found.
    init(_ error: RegistryClientError) {
        self.init(sentence: error)
        problem = error.problem
        details = error.problem?.findingLines ?? []
    }

    private init(sentence error: RegistryClientError) {
        switch error.code {
        case .unreachable:
            self.init(
                .unreachable,
                "\(error.message) Start one with 'configbus serve', or name another with --url or CONFIGBUS_URL.")
        case .interrupted:
            let advice = error.changeID.map {
                " The change may have been made: the same command with --idempotency-key \($0) makes it once."
            }
            self.init(.unreachable, error.message + (advice ?? ""))
        case .tlsFailed:
            // What answered without TLS says itself what to do.
            let advice =
                error.problem == nil
                ? " The CA that is trusted is named with --ca-file, a client certificate with --client-cert." : ""
            self.init(.unreachable, error.message + advice)
        case .behind, .unavailable, .failed, .invalidAnswer, .cancelled:
            self.init(.unreachable, error.message)
        case .unauthorized:
            self.init(
                .notAllowed, "\(error.message) It is taken from --token-file, CONFIGBUS_TOKEN or CONFIGBUS_TOKEN_FILE.")
        case .forbidden:
            self.init(.notAllowed, error.message)
        case .invalidRequest:
            self.init(.usage, error.message)
        case .refused where error.problem?.type == .checksFailed:
            // Its own sentence has the first finding, and the lines below have all of them.
            self.init(.refused, "\(error.problem?.title ?? error.message); nothing was stored.")
        case .notFound, .conflict, .preconditionFailed, .refused, .damaged, .answerTooLarge:
            self.init(.refused, error.message)
        }
    }
}
