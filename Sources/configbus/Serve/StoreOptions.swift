import ArgumentParser

/// Which store is meant, for commands that work on a store without a registry.
struct StoreOptions: ParsableArguments {
    @Option(help: "The folder of the embedded store. (default: configbus-data)", completion: .directory)
    var dataDir: String?
    @Option(help: "The MongoDB that holds the versions. [CONFIGBUS_MONGODB_URI]") var mongodbURI: String?
    @Option(help: "The file with the settings of 'serve'.", completion: .file()) var config: String?

    func settings(signingKey: String? = nil) throws -> ServeSettings {
        try ServeSettings(
            flags: ["data-dir": dataDir, "mongodb-uri": mongodbURI, "signing-key": signingKey], file: config)
    }
}
