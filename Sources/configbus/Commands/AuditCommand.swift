import ArgumentParser
import ConfigAudit
import ConfigModel
import ConfigSignatures
import RegistryClient

/// Keeps the audit log, verifies one, and shows what was changed.
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Keep a log of every change that cannot be quietly changed, verify one, and ask what was changed.",
        usage: "configbus audit <subcommand>", subcommands: [Record.self, Verify.self, List.self, Access.self],
        defaultSubcommand: Record.self)
}

extension AuditCommand {
    /// Runs the audit consumer.
    struct Record: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "record", abstract: "Append one line for every change.",
            usage: "configbus audit record --amqp-uri <amqp-uri> --file <file> [<options>]",
            discussion: """
                The broker only says that something changed; every line is read from the registry at --url. What was \
                missed while the audit was away, or lost on the way, is read and written later. With --signing-key the \
                log is anchored every ten seconds, in the file and in FILE.head.
                """)

        @Option(help: "The RabbitMQ to listen to. [CONFIGBUS_AMQP_URI]") var amqpURI: String?
        @Option(
            help: "A file that holds the address of the RabbitMQ. [CONFIGBUS_AMQP_URI_FILE]", completion: .file())
        var amqpURIFile: String?
        @Option(help: "The topic exchange.") var exchange: String = "config.changes"
        @Option(help: "The log; lines are appended.", completion: .file()) var file: String
        @Option(help: "Tells apart several audits of one exchange.") var name: String?
        @Option(help: "A file with the Ed25519 key that anchors the log.", completion: .file()) var signingKey: String?
        @Option(help: "trace, debug, info, notice, warning, error or critical.") var logLevel: String = "info"
        @OptionGroup var logging: LogOptions
        @OptionGroup var connection: ConnectionOptions

        func validate() throws {
            var options = AuditOptions()
            (options.exchange, options.name) = (exchange, name)
            guard options.queue.utf8.count <= 255 else {
                throw ValidationError(
                    "The audit's queue would be called '\(options.queue)', and a broker takes no more than 255 bytes: "
                        + "use a shorter --name.")
            }
            guard let name else { return }
            do {
                _ = try NameRule.environment.check(name)
            } catch {
                throw ValidationError("--name must match \(error.pattern).")
            }
        }

        func run() async throws {
            ProgramServices.ignoreHangups()
            let logger = try ProgramLog.logger(level: logLevel, format: logging.logFormat)
            let bus = try BusArgument.bus(
                BusArgument.address(amqpURI, file: amqpURIFile), exchange: exchange, name: "configbus audit",
                logger: logger
            )
            guard let bus else {
                throw CommandFailure.usage(
                    "The audit listens to a broker: name it with --amqp-uri or CONFIGBUS_AMQP_URI.")
            }
            var options = AuditOptions()
            options.name = name
            options.exchange = exchange
            let log = AuditLog(
                path: file, name: options.anchor, signer: try signingKey.map { try SigningKeyFile.read($0) },
                logger: logger)
            let manager = ServiceManager.fromEnvironment
            let consumer = AuditConsumer(
                bus: bus, source: try connection.client(), log: log, options: options, logger: logger
            ) { manager?.send(.ready("keeping \(file)")) }
            do {
                try await ProgramServices.run([consumer], logger: logger, manager: manager)
            } catch let error as AuditLogError {
                throw CommandFailure.refused(error.description)
            }
        }
    }

    /// Checks a log without a registry.
    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "verify", abstract: "Check a log offline; names the first bad line.",
            usage: "configbus audit verify --file <file> [<options>]",
            discussion: """
                Ends with 0 when the log is intact and anchored, with 1 when it is not, also when it is consistent but \
                nothing anchors it, or when it shows that the history in the registry was rewritten. Lines that say that \
                something could not be read are named.
                """)

        @Option(help: "The log.", completion: .file()) var file: String
        @Option(help: "The audit's public key in base64, or a file with it.") var publicKey: String?
        @Option(
            help: "A checkpoint kept apart from the log, which finds a cut-off end: a file, or a registry's address.",
            completion: .file())
        var head: String?
        @Option(help: "The audit's --name, which the head and the checkpoints in the log must name.")
        var name: String?
        @OptionGroup var access: RegistryAccessOptions
        @OptionGroup var output: OutputOptions

        func validate() throws {
            guard head == nil || publicKey != nil else { throw ValidationError("--head needs --public-key.") }
        }

        func run() async throws {
            let report: AuditReport
            do {
                let checkpoint = try await checkpoint()
                report = try AuditVerifier(key: publicKey.map(key), head: checkpoint, log: name).report(path: file)
            } catch let fault as AuditFault {
                throw CommandFailure.refused("--head: \(fault)")
            } catch let error as AuditLogError {
                throw CommandFailure.refused(error.description)
            }
            try output.print(json(report)) {
                ([report.verdict.description] + report.findings.map(\.description)).joined(separator: "\n")
            }
            if !report.isGood { throw ExitCode.refused }
        }

        /// The one that was kept apart; nil when none is named.
        private func checkpoint() async throws -> AuditCheckpoint? {
            guard let head else { return nil }
            guard head.hasPrefix("http://") || head.hasPrefix("https://") else {
                return try AuditCheckpoint(parsing: InputFile.read(head, flag: "--head"))
            }
            let name = name ?? AuditLog.defaultName
            let registry = try access.client(urls: [head])
            guard let bytes = try await registry.anchor(of: name) else {
                throw CommandFailure.refused(
                    "The registry at \(head) keeps no checkpoint of an audit '\(name)'. Name the audit with --name.")
            }
            let checkpoint = try AuditCheckpoint(parsing: bytes)
            guard checkpoint.log == name else {
                throw CommandFailure.refused(
                    "The registry at \(head) answers with a checkpoint of the audit '\(checkpoint.log)' instead of '\(name)'."
                )
            }
            return checkpoint
        }

        private func key(_ argument: String) throws -> PublicKey {
            if let key = try? PublicKey(parsing: argument) { return key }
            // What 'keys generate' prints is a line of a key file.
            if let key = try? TrustedKeys(parsing: argument, of: .audit).keys.first { return key }
            // Never shown: an argument that is no file may be a private key that was meant to be one.
            guard !RecordSigner.isPrivateKeyLine(argument) else {
                throw CommandFailure.usage(
                    "--public-key: this is a private key, which belongs to \(KeyOwner.audit.rawValue) alone; 'configbus keys "
                        + "list FILE' shows its public key.")
            }
            guard let key = try PublicKeyFile.read(argument, flag: "--public-key", of: .audit).keys.first else {
                throw ExitCode.usage
            }
            return key
        }

        private func json(_ report: AuditReport) -> JSONValue {
            let verdict = report.verdict
            var object = JSONObject()
            object["verdict"] = .string(verdict.description)
            object["anchored"] = .bool(verdict.isAnchored)
            if case .bad(let fault) = verdict, let line = fault.line { object["line"] = .number(JSONNumber(line)) }
            object["findings"] = .array(
                report.findings.map { finding in
                    var entry = JSONObject()
                    entry["line"] = .number(JSONNumber(finding.line))
                    entry["detail"] = .string(finding.detail)
                    return .object(entry)
                })
            return .object(object)
        }
    }
}
