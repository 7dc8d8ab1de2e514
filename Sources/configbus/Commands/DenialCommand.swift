import ArgumentParser
import AsyncSupport
import ConfigModel
import RegistryAPI
import RegistryClient

/// Refuses identities that the registry did not issue.
struct DenialCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "denial", abstract: "Refuse JWTs and client certificates before they end.",
        usage: "configbus denial <subcommand>", subcommands: [Add.self, List.self, Remove.self])
}

extension DenialCommand {
    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "add", abstract: "Refuse an identity, or one JWT.",
            usage: "configbus denial add (--identity <identity> | --jti <jti>) [<options>]",
            discussion: """
                Within five seconds no registry of the store lets it in. A token of the registry is ended with \
                'configbus token revoke' instead.
                """)

        @Option(help: "Every credential of this identity: NAME:subject of an issuer, or cert:TEXT.") var identity:
            String?
        @Option(help: "The JWT with this 'jti'.") var jti: String?
        @Option(help: "Let it in again from then on: 2026-11-20T21:30:00Z, or after 12h, 30d.") var until: DenialEnd?
        @Option(name: [.short, .long], help: "For people.") var comment: String = ""
        @OptionGroup var connection: ConnectionOptions
        @OptionGroup var output: OutputOptions

        func validate() throws { _ = try subject() }

        private func subject() throws(ValidationError) -> DenialRequest.Subject {
            switch (identity, jti) {
            case (let identity?, nil): return .identity(identity)
            case (nil, let jti?): return .jti(jti)
            default: throw ValidationError("Name --identity or --jti, one of them.")
            }
        }

        func run() async throws {
            let request = DenialRequest(try subject(), until: until?.moment, comment: comment)
            let denial = try await connection.client().addDenial(request)
            try output.print(denial.json) {
                "denial \(denial.id): \(ControlCharacters.escaped(denial.subject.text)) is refused "
                    + (denial.until.map { "until \($0)" } ?? "for ever") + "."
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "Show what is refused.", usage: "configbus denial list [<options>]")

        @OptionGroup var connection: ConnectionOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let denials = try await connection.client().denials()
            try output.print(.array(denials.map { try $0.json })) {
                guard !denials.isEmpty else { return "Nothing is refused." }
                var table = TextTable(header: ["ID", "REFUSED", "UNTIL", "CREATED", "BY", "COMMENT"])
                for denial in denials {
                    table.add([
                        denial.id, denial.subject.text, denial.until.map { "\($0)" } ?? "",
                        denial.createdAt.description, denial.createdBy, denial.comment,
                    ])
                }
                return table.text
            }
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "remove", abstract: "Let in again what was refused.",
            usage: "configbus denial remove <id> [<options>]")

        @Argument(help: "The denial's identifier, as 'configbus denial list' shows it.") var id: String
        @OptionGroup var connection: ConnectionOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            try await connection.client().removeDenial(id)
            var object = JSONObject()
            object["id"] = .string(id)
            object["removed"] = .number(JSONNumber(1))
            try output.print(.object(object)) { "denial \(ControlCharacters.escaped(id)) is removed." }
        }
    }
}

extension DenialRequest.Subject {
    /// For a person.
    fileprivate var text: String {
        switch self {
        case .identity(let name): name
        case .jti(let jti): "jti \(jti)"
        }
    }
}

extension DenialFacts {
    /// For programs.
    fileprivate var json: JSONValue {
        get throws { try JSONValue(parsing: jsonBytes) }
    }
}

/// When a denial ends, on the command line: a moment, or a duration from now.
struct DenialEnd: ExpressibleByArgument, Sendable {
    let moment: Timestamp

    init?(argument: String) {
        if let moment = MomentArgument(argument: argument)?.moment {
            self.moment = moment
        } else if let span = TimeSpan(argument: argument) {
            moment = Timestamp(milliseconds: Timestamp.now.milliseconds + span.duration.milliseconds)
        } else {
            return nil
        }
    }
}
