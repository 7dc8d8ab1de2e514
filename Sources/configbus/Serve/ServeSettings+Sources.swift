import Configuration

extension ServeSettings {
    /// Every setting by the name of its flag.
    static let names: Set<String> = [
        "host", "port", "data-dir", "mongodb-uri", "mongodb-uri-file", "amqp-uri", "amqp-uri-file", "exchange",
        "inline-limit", "max-content-bytes",
        "signing-key", "audit-keys", "auth", "bootstrap-file", "tls-cert", "tls-key", "tls-client-ca",
        "tls-client-auth", "behind-tls-proxy", "jwt", "tls-identities", "metrics-address",
        "rate-read", "rate-write", "rate-costly", "rate-stream", "rate-failed", "log-level", "log-format",
        "log-requests",
    ]

    /// A flag goes before the environment, which goes before the file.
    ///
    /// - Parameters:
    ///   - flags: what was given, by name; nil when a flag was not.
    ///   - file: a file in JSON, YAML or TOML.
    /// - Throws: `CommandFailure` when something is no setting or out of its bounds.
    init(flags: [String: String?], file: String?) throws {
        var values: [AbsoluteConfigKey: ConfigValue] = [:]
        for (name, value) in flags {
            guard let value else { continue }
            values[AbsoluteConfigKey([name])] = ConfigValue(.string(value), isSecret: name.hasSuffix("-uri"))
        }
        var providers: [any ConfigProvider] = [
            InMemoryProvider(name: "flags", values: values),
            KeyMappingProvider(upstream: EnvironmentVariablesProvider()) { $0.prepending(["configbus"]) },
        ]
        if let file { providers.append(try SettingsFile.provider(path: file, known: Self.names)) }
        try self.init(config: ConfigReader(providers: providers))
    }
}
