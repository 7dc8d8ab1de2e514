import Configuration
import Logging
import RegistryServer

extension ServerTLSFiles {
    /// What the settings `tls-...` say; nil when there are none.
    ///
    /// - Throws: `CommandFailure` when they do not go together.
    init?(config: ConfigReader) throws {
        let certificate = config.string(forKey: "tls-cert")
        let key = config.string(forKey: "tls-key")
        let authority = config.string(forKey: "tls-client-ca")
        let clients = config.string(forKey: "tls-client-auth")
        guard let certificate, let key else {
            guard certificate == nil, key == nil else {
                throw CommandFailure.usage("--tls-cert and --tls-key come together: name both.")
            }
            guard authority == nil, clients == nil else {
                throw CommandFailure.usage(
                    "--tls-client-ca and --tls-client-auth need a server with TLS: name --tls-cert and --tls-key.")
            }
            return nil
        }
        guard authority != nil || clients == nil else {
            throw CommandFailure.usage("--tls-client-auth needs the CA of the clients: name it with --tls-client-ca.")
        }
        let wanted: ClientCertificates
        switch clients {
        case nil, "optional": wanted = .optional
        case "required": wanted = .required
        case let other?: throw CommandFailure.usage("--tls-client-auth is optional or required, not '\(other)'.")
        }
        self.init(certificate: certificate, key: key, clientAuthority: authority, clientCertificates: wanted)
    }

    /// Reads the files for a server that is about to start.
    func load(logger: Logger) throws(CommandFailure) -> ServerTLS {
        SecretFile.warn(key)
        do {
            return try ServerTLS(self, logger: logger)
        } catch {
            throw .refused(
                "\(error.description.hasSuffix(".") ? error.description : error.description + ".") The files are those of --tls-cert, --tls-key and --tls-client-ca."
            )
        }
    }
}
