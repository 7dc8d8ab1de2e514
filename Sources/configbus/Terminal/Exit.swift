import ArgumentParser
import ConfigModel
import Glibc
import RegistryClient

/// Ends the process with a documented exit code and, after a failure, one sentence on standard error; programs that want JSON
/// or YAML get the failure on standard output too.
enum Exit {
    static func leave(after error: any Error, _ format: OutputFormat) -> Never {
        switch error {
        case let failure as CommandFailure: fail(failure, format)
        case let failure as RegistryClientError: fail(CommandFailure(failure), format)
        case let failure as InvalidName: fail(.usage(failure.description), format)
        case let code as ExitCode: exit(code.rawValue)
        case is CancellationError: exit(128 + SIGINT)
        default: leaveAfterParsing(error, format)
        }
    }

    private static func fail(_ failure: CommandFailure, _ format: OutputFormat) -> Never {
        let lines = failure.details.map { "  " + ControlCharacters.escaped($0) + "\n" }
        StandardStream.error.write(prefix + ControlCharacters.escaped(failure.description) + "\n" + lines.joined())
        show(failure, format)
        exit(failure.exitCode.rawValue)
    }

    private static func show(_ failure: CommandFailure, _ format: OutputFormat) {
        guard format != .text else { return }
        StandardStream.output.write(format.bytes(of: failure.json))
    }

    private static var prefix: String { StandardStream.error.colored("error: ", .red) }

    /// Help and version go to standard output, complaints about the command line to standard error with code 2.
    private static func leaveAfterParsing(_ error: any Error, _ format: OutputFormat) -> Never {
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
        let failure = CommandFailure(code == .validationFailure ? .usage : .unreachable, Configbus.message(for: error))
        show(failure, format)
        exit(failure.exitCode.rawValue)
    }
}
