import ArgumentParser

/// Which store is meant, for commands that work on a store without a registry.
struct StoreOptions: ParsableArguments {
    @Option(help: "The folder of the embedded store. (default: configbus-data)", completion: .directory)
    var dataDir: String?
    @Option(help: "The MongoDB that holds the versions. [CONFIGBUS_MONGODB_URI]") var mongodbURI: String?
    @Option(help: "A file that holds the address of the MongoDB. [CONFIGBUS_MONGODB_URI_FILE]", completion: .file())
    var mongodbURIFile: String?
    @Option(help: "The file with the settings of 'serve'.", completion: .file()) var config: String?

    /// - Parameter others: what the command has flags of its own for, by the names of the settings.
    func settings(signingKey: String? = nil, others: [String: String?] = [:]) throws -> ServeSettings {
        SecretURI.warn(flag: mongodbURI, .mongodb)
        return try ServeSettings(
            flags: [
                "data-dir": dataDir, "mongodb-uri": mongodbURI, "mongodb-uri-file": mongodbURIFile,
                "signing-key": signingKey,
            ].merging(others) { _, other in other }, file: config)
    }
}
