import ConfigModel
import ConfigRegistry
import RegistryServer

extension ServeSettings {
    var contentLimits: ContentLimits { ContentLimits(maximumBytes: maximumContentBytes, maximumDepth: 64) }

    var registryOptions: RegistryOptions {
        var options = RegistryOptions()
        options.inlineLimit = inlineLimit
        options.name = RegistryName.registry(port: port)
        return options
    }

    func serverOptions() throws -> RegistryServerOptions {
        var options = RegistryServerOptions()
        options.host = host
        options.port = port
        options.version = Version.text
        options.contentLimits = contentLimits
        options.auditKeys = try auditKeys.map { try PublicKeyFile.read($0, flag: "--audit-keys", of: .audit) }
        return options
    }

    /// The key that signs versions; nil when none is set.
    func signer() throws -> RecordSigner? {
        try signingKey.map(SigningKeyFile.read)
    }
}
