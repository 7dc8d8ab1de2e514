import ArgumentParser
import ConfigModel
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
    /// What else programs learn of it; takes the place of the problem's members of these names.
    var members = JSONObject()

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

    /// The same with a member for programs.
    func with(_ name: String, _ value: JSONValue) -> CommandFailure {
        var failure = self
        failure.members[name] = value
        return failure
    }

    static func usage(_ sentence: String) -> CommandFailure { CommandFailure(.usage, sentence) }

    static func refused(_ sentence: String) -> CommandFailure { CommandFailure(.refused, sentence) }

    /// Of what does not exist.
    static func unknown(_ sentence: String) -> CommandFailure {
        refused(sentence).with("type", .string("unknown"))
    }

    static func unreachable(_ sentence: String) -> CommandFailure { CommandFailure(.unreachable, sentence) }
}

extension CommandFailure {
    /// The failure for programs: what the registry answered, where it did, and always `type` and `message`.
    var json: JSONValue {
        var object = JSONObject()
        if let problem, case .object(let document)? = try? JSONValue(parsing: problem.jsonBytes) {
            object = document
            for name in ["title", "detail"] {
                guard case .string(let text)? = object[name] else { continue }
                object[name] = .string(CommandLineNames.flags(in: text))
            }
        } else if !details.isEmpty {
            object["details"] = .array(details.map { .string($0) })
        }
        for member in members { object[member.key] = member.value }
        object["type"] = object["type"] ?? .string(exitCode.word)
        object["message"] = .string(description)
        return .object(object)
    }
}

extension CommandFailure {
    /// The registry's own sentence, with what this command line can add to it and, below it, what checks found.
    init(_ error: RegistryClientError) {
        self.init(sentence: error)
        problem = error.problem
        details = error.problem?.findingLines ?? []
        if error.code == .interrupted { members["change_id"] = error.changeID.map { .string($0) } }
    }

    private init(sentence error: RegistryClientError) {
        let message = CommandLineNames.flags(in: error.message)
        switch error.code {
        case .unreachable:
            self.init(
                .unreachable,
                "\(message) Start one with 'configbus serve', or name another with --url or CONFIGBUS_URL.")
        case .interrupted:
            let advice = error.changeID.map {
                " The change may have been made: the same command with --idempotency-key \($0) makes it once."
            }
            self.init(.unreachable, message + (advice ?? ""))
        case .tlsFailed:
            // What answered without TLS says itself what to do.
            let advice =
                error.problem == nil
                ? " The CA that is trusted is named with --ca-file, a client certificate with --client-cert." : ""
            self.init(.unreachable, message + advice)
        case .behind, .unavailable, .failed, .invalidAnswer, .cancelled:
            self.init(.unreachable, message)
        case .unauthorized:
            self.init(
                .notAllowed, "\(message) It is taken from --token-file, CONFIGBUS_TOKEN or CONFIGBUS_TOKEN_FILE.")
        case .forbidden:
            self.init(.notAllowed, message)
        case .invalidRequest:
            self.init(.usage, message)
        case .refused where error.problem?.type == .checksFailed:
            // Its own sentence has the first finding, and the lines below have all of them.
            self.init(.refused, "\(error.problem?.title ?? message); nothing was stored.")
        case .notFound, .conflict, .preconditionFailed, .refused, .damaged, .answerTooLarge:
            self.init(.refused, message)
        }
    }
}
