import ArgumentParser
import ConfigAccess
import ConfigModel
import RabbitBus
import RegistryAPI
import RegistryClient

extension AdminCommand {
    /// Prints what a login has to be allowed at the broker.
    struct BrokerLogin: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "broker-permissions",
            abstract: "Print the commands that give a login of RabbitMQ its permissions.",
            usage: "configbus admin broker-permissions <login> [<options>]",
            discussion: """
                A login gets what its grants need at the broker and nothing else, by the same words that name documents \
                everywhere: ROLE:SERVICE/ENVIRONMENT. 'watcher:tenants.acme.#/prod' may bind tenants.acme and what is below it \
                in prod; it can neither publish nor read another document. 'auditor:#/*' keeps the audit log. Without --grant \
                they are those of the tokens with the login's name, which the registry is asked for. A registry, with \
                --registry, is trusted with the whole exchange.

                Nothing is sent to the broker. The commands are for a shell on a machine that administers it; a login is made \
                with 'rabbitmqctl add_user LOGIN' before, or with the broker's own means (certificates, LDAP, OAuth 2).
                """)

        /// What the broker takes.
        private static let longestName = 255

        @Argument(help: "The name of the login.") var login: String
        @Option(
            help:
                "What it may do to which documents: ROLE:SERVICE/ENVIRONMENT; may be repeated. (default: as its token)")
        var grant: [String] = []
        @Flag(help: "It is the login of a registry.") var registry = false
        @Option(help: "The topic exchange.") var exchange: String = "config.changes"
        @Option(help: "The virtual host.") var vhost: String = "/"
        @OptionGroup var connection: ConnectionOptions
        @OptionGroup var output: OutputOptions

        func validate() throws {
            guard !registry || grant.isEmpty else {
                throw ValidationError("A login is for --registry or has a --grant, not both.")
            }
            for (name, value) in [("The login", login), ("--vhost", vhost)] {
                let isName = ControlCharacters.escaped(value) == value && !value.hasPrefix("-")
                guard (1...Self.longestName).contains(value.utf8.count), isName else {
                    throw ValidationError(
                        "\(name) must have from 1 to \(Self.longestName) bytes, no control characters, and not begin with '-'."
                    )
                }
            }
            _ = try givenUses()
        }

        func run() async throws {
            try BusArgument.check("amqp://localhost", exchange: exchange)
            let uses = if let given = try givenUses() { given } else { try await usesOfToken() }
            let permissions = BrokerPermissions(for: uses, exchange: exchange)
            try output.print(json(permissions)) { commands(permissions).joined(separator: "\n") }
        }

        /// What the flags say; nil when they leave it to the registry.
        private func givenUses() throws -> Set<BrokerPermissions.Use>? {
            guard !registry else { return [.announcing] }
            guard !grant.isEmpty else { return nil }
            let grants = try grant.map { text in
                let grant: Grant
                do {
                    grant = try Grant(parsing: text)
                } catch {
                    throw ValidationError("--grant: \(error)")
                }
                guard grant.role != .monitor else {
                    throw ValidationError("--grant \(text): it reads no documents, and needs no login at the broker.")
                }
                return grant
            }
            return uses(of: grants)
        }

        /// What the registry's token of the login's name says. All tokens of a name have the same grants.
        private func usesOfToken() async throws -> Set<BrokerPermissions.Use> {
            let tokens: [TokenFacts]
            do {
                tokens = try await connection.client().tokens()
            } catch let error as RegistryClientError {
                let failure = CommandFailure(error)
                throw CommandFailure(
                    failure.exitCode,
                    "\(failure.description) Without a registry, say what the login is for with --grant ROLE:SERVICE/ENVIRONMENT."
                )
            }
            guard let token = tokens.first(where: { $0.name == login && $0.status == .active }) else {
                throw CommandFailure.refused(
                    "You administer no living token '\(ControlCharacters.escaped(login))' there ('configbus token list' shows "
                        + "them): say what the login is for with --grant ROLE:SERVICE/ENVIRONMENT.")
            }
            let grants = try token.grants.map { try Grant(parsing: $0) }.filter { $0.role != .monitor }
            guard !grants.isEmpty else {
                throw CommandFailure.refused(
                    "The token '\(login)' reads no documents, and needs no login at the broker.")
            }
            return uses(of: grants)
        }

        private func uses(of grants: [Grant]) -> Set<BrokerPermissions.Use> {
            var documents: [DocumentPattern] = []
            var uses: Set<BrokerPermissions.Use> = []
            for grant in grants {
                switch grant.role {
                case .auditor where grant.documents == .everything: uses.insert(.auditing)
                default: documents.append(grant.documents)
                }
            }
            if !documents.isEmpty { uses.insert(.following(documents)) }
            return uses
        }

        private func commands(_ permissions: BrokerPermissions) -> [String] {
            let place = "-p \(quoted(vhost)) \(quoted(login))"
            let names = [permissions.configure, permissions.write, permissions.read].map(quoted).joined(separator: " ")
            let topics =
                if let topics = permissions.topics {
                    "set_topic_permissions \(place) \(quoted(exchange)) \(quoted(topics.write)) \(quoted(topics.read))"
                } else {
                    "clear_topic_permissions \(place) \(quoted(exchange))"
                }
            return ["rabbitmqctl set_permissions \(place) \(names)", "rabbitmqctl \(topics)"]
        }

        /// A word of a shell.
        private func quoted(_ text: String) -> String {
            let isPlain = text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "_"),
                    UInt8(ascii: "-"):
                    true
                default: false
                }
            }
            return isPlain ? text : "'\(text.replacing("'", with: #"'\''"#))'"
        }

        private func json(_ permissions: BrokerPermissions) -> JSONValue {
            var object = JSONObject()
            object["login"] = .string(login)
            object["vhost"] = .string(vhost)
            object["exchange"] = .string(exchange)
            object["configure"] = .string(permissions.configure)
            object["write"] = .string(permissions.write)
            object["read"] = .string(permissions.read)
            object["topic_write"] = permissions.topics.map { .string($0.write) } ?? .null
            object["topic_read"] = permissions.topics.map { .string($0.read) } ?? .null
            return .object(object)
        }
    }
}
