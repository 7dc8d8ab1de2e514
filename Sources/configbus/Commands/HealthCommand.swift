import ArgumentParser
import ConfigModel
import RegistryAPI
import RegistryClient

/// Asks a registry whether it can serve.
struct HealthCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "health", abstract: "Say whether a registry can serve: for health checks.",
        usage: "configbus health [<options>]",
        discussion: """
            It asks /health/ready, which needs no token, and prints one line. Ends with 0 when the registry and its store \
            answer, with 1 when the registry cannot serve, and with 3 when it does not answer. 'configbus doctor' says \
            what to do.
            """)

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let client = try connection.client()
        let readiness = try await client.readiness()
        var object = JSONObject()
        object["url"] = .string(client.url)
        switch readiness {
        case .ready:
            object["status"] = .string("ready")
            try output.print(.object(object)) { "\(client.url) is ready" }
        case .notReady(let reason):
            object["status"] = .string("not-ready")
            object["reason"] = reason.map { .string($0) }
            try output.print(.object(object)) {
                ControlCharacters.escaped("\(client.url) is not ready" + (reason.map { ": \($0)" } ?? ""))
            }
            throw ExitCode.refused
        }
    }
}
