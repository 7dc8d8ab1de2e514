import ConfigModel
import ConfigRegistry
import RegistryServer

extension ServeSettings {
    var contentLimits: ContentLimits { ContentLimits(maximumBytes: maximumContentBytes, maximumDepth: 64) }

    var registryOptions: RegistryOptions {
        var options = RegistryOptions()
        options.inlineLimit = inlineLimit
        return options
    }

    var serverOptions: RegistryServerOptions {
        var options = RegistryServerOptions()
        options.host = host
        options.port = port
        options.version = Version.text
        options.contentLimits = contentLimits
        return options
    }

    /// The key that signs versions; nil when none is set.
    func signer() throws -> RecordSigner? {
        try signingKey.map(SigningKeyFile.read)
    }
}
