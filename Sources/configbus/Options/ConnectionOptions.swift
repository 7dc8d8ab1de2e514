import ArgumentParser
import ConfigModel
import FoundationEssentials
import RegistryClient

/// Which registry is meant and how to be let in.
struct ConnectionOptions: ParsableArguments {
    @Option(help: "The registry's address. [CONFIGBUS_URL] (default: http://127.0.0.1:8000)")
    var url: String?

    @Option(help: "A file that holds the token. [CONFIGBUS_TOKEN holds the token itself]")
    var tokenFile: String?

    @Option(help: "Seconds that one request may take.")
    var timeout: Int = 10

    mutating func validate() throws {
        guard (1...3600).contains(timeout) else { throw ValidationError("--timeout must be from 1 to 3600 seconds.") }
    }

    func client() throws -> RegistryClient {
        try RegistryClient(url: address, token: token(), timeout: .seconds(timeout))
    }

    var address: String { url ?? EnvironmentVariable.url.value ?? "http://127.0.0.1:8000" }

    /// Never taken from a flag, which every user of the machine could read.
    func token() throws -> String? {
        guard let tokenFile else { return EnvironmentVariable.token.value }
        let text = String(decoding: try InputFile.read(tokenFile, flag: "--token-file"), as: UTF8.self)
        let words = text.split(whereSeparator: \.isWhitespace)
        guard let token = words.first, words.count == 1 else {
            throw CommandFailure.usage("\(tokenFile) (--token-file) must hold one token and nothing else.")
        }
        return String(token)
    }
}

/// The variables that stand in for flags.
enum EnvironmentVariable: String {
    case url = "CONFIGBUS_URL"
    case token = "CONFIGBUS_TOKEN"
    case environment = "CONFIGBUS_ENVIRONMENT"
    case amqpURI = "CONFIGBUS_AMQP_URI"

    /// Its value; nil when it is not set or empty.
    var value: String? {
        guard let value = ProcessInfo.processInfo.environment[rawValue], !value.isEmpty else { return nil }
        return value
    }
}
