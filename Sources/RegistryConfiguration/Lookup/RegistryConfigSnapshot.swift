import ConfigModel
import ConfigWatcher
import Configuration

/// What a provider knows at one moment: one version of the document, which never changes.
struct RegistryConfigSnapshot: ConfigSnapshot {
    let providerName: String
    let document: DocumentKey
    let snapshot: Snapshot<ConfigDocument>
    let reading: ConfigReading

    /// True when both hold the same content, whatever its version.
    func hasSameContent(as other: RegistryConfigSnapshot) -> Bool {
        snapshot.content == other.snapshot.content && snapshot.secrets == other.snapshot.secrets
    }

    func value(forKey key: AbsoluteConfigKey, type: ConfigType) throws -> LookupResult {
        let encodedKey = key.components.joined(separator: ".")
        guard let value = value(at: key.components) else { return LookupResult(encodedKey: encodedKey, value: nil) }
        guard let content = ConfigContent(value, as: type, reading) else {
            throw WatcherError(
                .typeMismatch,
                "'\(encodedKey)' of \(document) is \(value.kind) that cannot be read as \(type.rawValue).")
        }
        let isSecret =
            snapshot.secrets.contains(key.components)
            || reading.secretsSpecifier.isSecret(key: encodedKey, value: value)
        return LookupResult(encodedKey: encodedKey, value: ConfigValue(content, isSecret: isSecret))
    }

    /// What lies at the end of the way through objects. An object there, or null, is as good as nothing: another provider may
    /// have the value.
    private func value(at components: [String]) -> JSONValue? {
        var value = JSONValue.object(snapshot.object)
        for component in components {
            guard case .object(let object) = value, let member = object[component] else { return nil }
            value = member
        }
        switch value {
        case .null, .object: return nil
        case .bool, .number, .string, .array: return value
        }
    }
}
