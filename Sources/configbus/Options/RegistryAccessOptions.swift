import ArgumentParser
import ConfigAccess
import ConfigModel
import RegistryClient
import RegistryClientTLS

/// How a registry proves its name, and how this program is let in.
struct RegistryAccessOptions: ParsableArguments {
    @Option(
        help: "A file that holds the token, read again at every connection. [CONFIGBUS_TOKEN_FILE]",
        completion: .file())
    var tokenFile: String?
    @Option(
        help: "The CAs, PEM, that may sign the registry's certificate. [CONFIGBUS_CA_FILE] (default: the system's)",
        completion: .file())
    var caFile: String?
    @Option(help: "A client certificate, PEM, to be let in with.", completion: .file()) var clientCert: String?
    @Option(help: "The private key of the client certificate, PEM.", completion: .file()) var clientKey: String?
    @Flag(help: "Trust the way to a registry at http:// on another machine, for a token and for what is newest.")
    var allowPlaintext = false

    func validate() throws {
        guard (clientCert == nil) == (clientKey == nil) else {
            throw ValidationError("--client-cert and --client-key come together: name both.")
        }
    }

    /// A client of registries at these addresses, which were checked before.
    func client(urls: [String], timeout: Duration = .seconds(10)) throws -> RegistryClient {
        let credentials = try credentials()
        if credentials != .none, !allowPlaintext, let url = try urls.first(where: RegistryClient.isPlaintext) {
            throw CommandFailure.usage(
                "The token is not sent to \(url), because it could be read on the way: use https://, or add "
                    + "--allow-plaintext when the way is trusted.")
        }
        var client = try RegistryClient(
            urls: urls, credentials: credentials, tls: try tls(), allowsPlaintext: allowPlaintext, timeout: timeout)
        client.trace = .ofEnvironment
        return client
    }

    /// Never taken from a flag, which every user of the machine could read.
    func credentials() throws -> RegistryCredentials {
        if let tokenFile { return try .tokenFile(tokenFile, flag: "--token-file") }
        if let token = EnvironmentVariable.token.value { return .token(token) }
        guard let path = EnvironmentVariable.tokenFile.value else { return .none }
        return try .tokenFile(path, flag: EnvironmentVariable.tokenFile.rawValue)
    }

    /// The file with the token; nil for none.
    var tokenFilePath: String? {
        if let tokenFile { return tokenFile }
        return EnvironmentVariable.token.value == nil ? EnvironmentVariable.tokenFile.value : nil
    }

    private func tls() throws -> RegistryTLS {
        let authorities = caFile ?? EnvironmentVariable.caFile.value
        for (path, flag) in [(authorities, "--ca-file"), (clientCert, "--client-cert"), (clientKey, "--client-key")] {
            // A file that cannot be read is named with its flag.
            if let path { _ = try InputFile.read(path, flag: flag) }
        }
        SecretFile.warn(clientKey)
        return RegistryTLS(caFile: authorities, clientCertificateFile: clientCert, clientKeyFile: clientKey)
    }
}

extension RegistryCredentials {
    /// - Parameter flag: where the path was given, for the error.
    fileprivate static func tokenFile(_ path: String, flag: String) throws -> RegistryCredentials {
        if let token = TokenText.found(in: path) {
            throw CommandFailure.usage(
                "\(flag) names the file of a token, and was given the text of the token \(token.id): write it to a file that "
                    + "only you can read, and revoke it where this text was kept.")
        }
        let text = String(decoding: try InputFile.read(path, flag: flag), as: UTF8.self)
        let words = text.split(whereSeparator: \.isWhitespace)
        guard let token = words.first, words.count == 1 else {
            throw CommandFailure.usage("\(path) (\(flag)) must hold one token and nothing else.")
        }
        // Standard input cannot be read again.
        guard path != "-" else { return .token(String(token)) }
        SecretFile.warn(path)
        return .tokenFile(path)
    }
}
