/// The routing keys that an event is published with.
package enum RoutingKey {
    private static let configuration = "config"

    /// `config.created`, `config.updated` or `config.deleted`.
    ///
    /// A document of a reserved environment has a word of its own, `schema.created` for `~schema`, so that no subscriber to
    /// configurations receives it.
    package static func change(_ type: ChangeType, of key: DocumentKey) -> String {
        "\(key.reservedName ?? configuration).\(type.rawValue)"
    }

    /// `config.<environment>.<service>`, the key that goes into the `CC` header; `schema.~.<service>` for `~schema`.
    package static func document(_ key: DocumentKey) -> String {
        if let word = key.reservedName { return "\(word).\(DocumentKey.reservedMark).\(key.service)" }
        return "\(configuration).\(key.environment).\(key.service)"
    }

    /// The pattern of a service and all below it: `config.<environment>.<service>.#`, in which `#` may stand for no word at all.
    package static func documents(_ prefix: DocumentPrefix) -> String {
        "\(configuration).\(prefix.environment).\(prefix.service).#"
    }

    /// The pattern of all documents of an environment.
    package static func documents(of environment: String) -> String { "\(configuration).\(environment).#" }

    /// Whether a text is the routing key of a change of a configuration.
    package static func isConfigurationChange(_ text: String) -> Bool {
        ChangeType.allCases.contains { "\(configuration).\($0.rawValue)" == text }
    }
}
