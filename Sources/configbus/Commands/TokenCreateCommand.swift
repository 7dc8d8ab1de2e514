import ArgumentParser
import ConfigAccess
import ConfigModel
import RegistryAPI
import RegistryClient

/// Makes a token.
struct TokenCreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Make a token.",
        usage: "configbus token create <name> --grant <grant> ... [<options>]",
        discussion: """
            It prints the token alone, this once; facts go to standard error. A grant is ROLE:SERVICE/ENVIRONMENT: \
            publisher:parsing/prod, reader:tenants.acme.#/prod, admin:#/*. The roles are reader, watcher, publisher, admin, \
            auditor, relay and monitor. In the service '*' is one word between dots, '#' at the end any number of them; the \
            environment is a name or '*'. You give what is within your own grants of the role admin.
            """)

    @Argument(help: "The identity that versions carry as their author.") var name: String
    @Option(name: .customLong("grant"), parsing: .singleValue, help: "What it may do; repeat it for more.")
    var grants: [String]
    @Option(
        name: .customLong("right"), parsing: .singleValue,
        help: "on_behalf lets it name the person for whom it makes a change; emergency, advance.")
    var rights: [String] = []
    @Option(help: "When it ends: 90d, 12h, 30m, or never. (default: 90d)") var expires: TokenLifetime?
    @Option(name: [.short, .long], help: "For people.") var comment: String = ""
    @OptionGroup var new: NewTokenOptions
    @OptionGroup var connection: ConnectionOptions

    func validate() throws {
        _ = try parsedGrants()
        for right in rights where Right(rawValue: right) == nil {
            let known = Right.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("--right is one of \(known), not '\(right)'.")
        }
    }

    private func parsedGrants() throws(ValidationError) -> [Grant] {
        var parsed: [Grant] = []
        for grant in grants {
            do throws(InvalidPattern) {
                parsed.append(try Grant(parsing: grant))
            } catch {
                throw ValidationError("--grant: \(error)")
            }
        }
        return parsed
    }

    func run() async throws {
        if let warning = GrantWarning.text(try parsedGrants()) {
            StandardStream.error.write("configbus: warning: \(warning).\n")
        }
        let client = try connection.client()
        let creation = TokenCreation(
            name: name, grants: grants, rights: rights, expiry: expires?.expiry, comment: comment)
        try await new.issue(client) { try await client.createToken(creation) }
    }
}

/// When a token ends, on the command line.
struct TokenLifetime: ExpressibleByArgument, Sendable {
    let expiry: TokenCreation.Expiry

    init?(argument: String) {
        if argument == "never" {
            expiry = .never
        } else if let span = TimeSpan(argument: argument), span.duration >= .seconds(1) {
            expiry = .after(.seconds(span.duration.components.seconds))
        } else {
            return nil
        }
    }
}
