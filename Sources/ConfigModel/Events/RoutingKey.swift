/// The routing keys that an event is published with.
package enum RoutingKey {
    /// `config.created`, `config.updated` or `config.deleted`.
    package static func change(_ type: ChangeType) -> String { "config.\(type.rawValue)" }

    /// `config.<environment>.<service>`, the key that goes into the `CC` header.
    package static func document(_ key: DocumentKey) -> String { "config.\(key.environment).\(key.service)" }
}
