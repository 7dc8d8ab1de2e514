import ArgumentParser
import ConfigModel

/// Looks at a registry, and at a broker when one is named, and says what is wrong and what to do.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Check registry, store, bus and streams, and say what to do.",
        usage: "configbus doctor [<options>]",
        discussion: """
            It changes nothing: an exchange that does not exist is named and not made, and the queue that tries the login \
            ends with the check. Ends with 0 when nothing failed, warnings included, otherwise with 3.
            """)

    @Option(help: "Also check that this RabbitMQ login can follow changes. [CONFIGBUS_AMQP_URI]") var amqpURI: String?
    @Option(help: "A file that holds the address of the RabbitMQ. [CONFIGBUS_AMQP_URI_FILE]", completion: .file())
    var amqpURIFile: String?
    @Option(help: "The topic exchange. (default: the one that the registry announces on)") var exchange: String?
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let uri = try BusArgument.address(amqpURI, file: amqpURIFile)?.uri
        try BusArgument.check(uri, exchange: exchange ?? "config.changes")
        let client = try connection.client()
        let report = await RegistryChecks(client: client).report()
        var findings = report.findings
        findings += await SecurityChecks(
            client: client, access: connection.access, amqpURI: uri, amqpFlag: amqpURI, health: report.health
        ).findings()
        findings += await TokenFindings(now: .now).findings(at: client)
        if let uri {
            findings += await BusChecks(uri: uri, exchange: exchange, registry: report.health).findings()
        }
        try output.print(.array(findings.map(\.json))) {
            findings.map { $0.line(for: .output) }.joined(separator: "\n")
        }
        if findings.contains(where: { $0.status == .bad }) { throw ExitCode.unreachable }
    }
}
