extension ConfigEvent {
    /// The version of the envelope's schema.
    package static let schemaVersion = "1.0"

    /// The namespace of event identifiers: UUIDv5 of `urn:configbus:event` in the URL namespace of RFC 9562, which is
    /// `56045936-5219-5a46-8093-9156d80f0dbc`.
    private static let namespace: [UInt8] = [
        0x56, 0x04, 0x59, 0x36, 0x52, 0x19, 0x5a, 0x46, 0x80, 0x93, 0x91, 0x56, 0xd8, 0x0f, 0x0d, 0xbc,
    ]

    /// A UUIDv5 of `epoch/environment/service/version`: the same version has the same identifier, whoever announces it.
    package var eventID: String {
        UUIDText.named("\(epoch)/\(key.environment)/\(key.service)/\(version)", in: Self.namespace)
    }

    /// `ConfigCreated`, `ConfigUpdated` or `ConfigDeleted`.
    package var eventType: String {
        switch changeType {
        case .created: "ConfigCreated"
        case .updated: "ConfigUpdated"
        case .deleted: "ConfigDeleted"
        }
    }

    /// `config.created`, `config.updated` or `config.deleted`.
    package var routingKey: String { RoutingKey.change(changeType) }
}
