import ConfigModel
import ConfigRegistry
import ConfigSignatures
import Logging
import MongoStore
import RabbitBus
import RegistryServer

extension ServeSettings {
    var contentLimits: ContentLimits { ContentLimits(maximumBytes: maximumContentBytes, maximumDepth: 64) }

    var registryOptions: RegistryOptions {
        var options = RegistryOptions()
        options.inlineLimit = inlineLimit
        options.retention = retention
        options.name = RegistryName.registry(port: port)
        return options
    }

    func serverOptions(logger: Logger) throws -> RegistryServerOptions {
        var options = RegistryServerOptions()
        options.host = host
        options.port = port
        options.version = Version.text
        options.contentLimits = contentLimits
        options.tls = try tls?.load(logger: logger)
        options.proxies = proxies
        options.limits = limits
        options.logsRequests = logsRequests
        if let mongodbURI, MongoStore.plaintextServer(in: mongodbURI) != nil { options.plaintext.insert("store") }
        if let amqpURI, RabbitBus.plaintextServer(in: amqpURI) != nil { options.plaintext.insert("bus") }
        options.auditKeys = try auditKeys.map { try PublicKeyFile.read($0, flag: "--audit-keys", of: .audit) }
        return options
    }

    /// The key that signs versions; nil when none is set.
    func signer() throws -> RecordSigner? {
        try signingKey.map(SigningKeyFile.read)
    }
}
