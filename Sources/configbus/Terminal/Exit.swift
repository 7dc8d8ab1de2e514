import ArgumentParser
import ConfigModel
import Glibc
import RegistryClient

/// Ends the process with a documented exit code and, after a failure, one sentence on standard error.
enum Exit {
    static func leave(after error: any Error) -> Never {
        switch error {
        case let failure as CommandFailure: fail(failure)
        case let failure as RegistryClientError: fail(CommandFailure(failure))
        case let failure as InvalidName: fail(.usage(failure.description))
        case let code as ExitCode: exit(code.rawValue)
        case is CancellationError: exit(128 + SIGINT)
        default: leaveAfterParsing(error)
        }
    }

    private static func fail(_ failure: CommandFailure) -> Never {
        let lines = failure.details.map { "  " + ControlCharacters.escaped($0) + "\n" }
        StandardStream.error.write(prefix + ControlCharacters.escaped(failure.description) + "\n" + lines.joined())
        exit(failure.exitCode.rawValue)
    }

    private static var prefix: String { StandardStream.error.colored("error: ", .red) }

    /// Help and version go to standard output, complaints about the command line to standard error with code 2.
    private static func leaveAfterParsing(_ error: any Error) -> Never {
        let text = Configbus.fullMessage(for: error)
        let code = Configbus.exitCode(for: error)
        if code.isSuccess {
            StandardStream.output.write(text + "\n")
            exit(0)
        }
        // The sentence may have more than one line; what was typed stands in it.
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
            ControlCharacters.escaped(String($0))
        }
        let sentence = lines.joined(separator: "\n")
        let plain = Configbus._errorPrefix
        StandardStream.error.write(
            (sentence.hasPrefix(plain) ? prefix + sentence.dropFirst(plain.count) : sentence) + "\n")
        exit(code == .validationFailure ? ExitCode.usage.rawValue : ExitCode.unreachable.rawValue)
    }
}
