import ArgumentParser
import ConfigModel
import FoundationEssentials
import RegistryClient

/// Which registry is meant and how to be let in.
struct ConnectionOptions: ParsableArguments {
    @Option(
        help: """
            The registry's address; of several, repeated or separated by commas, the next one is used when one fails. \
            [CONFIGBUS_URL] (default: http://127.0.0.1:8000)
            """)
    var url: [String] = []

    @OptionGroup var access: RegistryAccessOptions

    @Option(help: "How long one request may take: 500ms, 10s, 1m, or whole seconds.")
    var timeout: TimeSpan = .seconds(10)

    mutating func validate() throws {
        guard (.milliseconds(1) ... .seconds(3600)).contains(timeout.duration) else {
            throw ValidationError("--timeout must be from 1ms to 3600s.")
        }
    }

    func client() throws -> RegistryClient {
        do {
            for address in addresses { try RegistryClient.check(url: address) }
        } catch {
            throw CommandFailure.usage("\(GivenValue.name("--url", .url)): \(error.message)")
        }
        return try access.client(urls: addresses, timeout: timeout.duration)
    }

    /// The registries' addresses, in the order in which they are used.
    var addresses: [String] {
        let texts = url.isEmpty ? [EnvironmentVariable.url.value ?? "http://127.0.0.1:8000"] : url
        return texts.flatMap { text in
            text.split(separator: ",", omittingEmptySubsequences: false).map { $0.trimmingPrefix(" ") }.map(String.init)
        }
    }
}

/// The variables that stand in for flags.
enum EnvironmentVariable: String, CaseIterable {
    case url = "CONFIGBUS_URL"
    case token = "CONFIGBUS_TOKEN"
    case tokenFile = "CONFIGBUS_TOKEN_FILE"
    case caFile = "CONFIGBUS_CA_FILE"
    case environment = "CONFIGBUS_ENVIRONMENT"
    case amqpURI = "CONFIGBUS_AMQP_URI"
    case amqpURIFile = "CONFIGBUS_AMQP_URI_FILE"

    /// Its value; nil when it is not set or empty.
    var value: String? {
        guard let value = ProcessInfo.processInfo.environment[rawValue], !value.isEmpty else { return nil }
        return value
    }
}
