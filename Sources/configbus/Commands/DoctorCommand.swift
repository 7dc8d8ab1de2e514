import ArgumentParser
import ConfigModel

/// Looks at a registry, and at a broker when one is named, and says what is wrong and what to do.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Check registry, store, bus and streams, and say what to do.",
        usage: "configbus doctor [<options>]",
        discussion: "Ends with 0 when nothing failed, warnings included, otherwise with 3.")

    @Option(help: "Also check that this RabbitMQ login can follow changes. [CONFIGBUS_AMQP_URI]") var amqpURI: String?
    @Option(help: "The topic exchange.") var exchange: String = "config.changes"
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        var findings = await RegistryChecks(client: try connection.client()).findings()
        if let uri = amqpURI ?? EnvironmentVariable.amqpURI.value {
            findings.append(await BusChecks(uri: uri, exchange: exchange).finding())
        }
        try output.print(.array(findings.map(\.json))) {
            findings.map { $0.line(for: .output) }.joined(separator: "\n")
        }
        if findings.contains(where: { $0.status == .bad }) { throw ExitCode.unreachable }
    }
}
