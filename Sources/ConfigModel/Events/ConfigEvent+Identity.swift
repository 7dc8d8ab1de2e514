extension ConfigEvent {
    /// The version of the envelope's schema.
    package static let schemaVersion = "1.0"

    /// The namespace of event identifiers: UUIDv5 of `urn:configbus:event` in the URL namespace of RFC 9562, which is
    /// `56045936-5219-5a46-8093-9156d80f0dbc`.
    private static let namespace: [UInt8] = [
        0x56, 0x04, 0x59, 0x36, 0x52, 0x19, 0x5a, 0x46, 0x80, 0x93, 0x91, 0x56, 0xd8, 0x0f, 0x0d, 0xbc,
    ]

    /// The UUIDv5 of `epoch/environment/service/version`.
    package static func identifier(of version: Int64, of key: DocumentKey, in epoch: Epoch) -> String {
        UUIDText.named("\(epoch)/\(key.environment)/\(key.service)/\(version)", in: namespace)
    }

    /// `ConfigCreated`, `ConfigUpdated` or `ConfigDeleted`; `SchemaCreated` and so on for the schema of a service.
    package var eventType: String { changeType.eventType(of: key) }

    /// The main routing key, for example `config.created`.
    package var routingKey: String { RoutingKey.change(changeType, of: key) }
}

extension ChangeType {
    /// The `event_type` that announces such a change of a document: `ConfigCreated`, `ConfigUpdated` or `ConfigDeleted`; with
    /// the name of its reserved environment for `Config` where it has one.
    package func eventType(of key: DocumentKey) -> String {
        Self.word(key.reservedName ?? "config") + Self.word(rawValue)
    }

    /// With a capital letter; both are words of ASCII.
    private static func word(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
}
