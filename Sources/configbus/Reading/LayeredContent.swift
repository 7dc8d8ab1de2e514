import ConfigModel
import RegistryClient

/// What a reader with overlay sees: the document of an environment, laid over the one of the default environment.
struct LayeredContent {
    /// Which document was requested.
    let key: DocumentKey
    /// The version of its own environment; nil when there is none, or when it was deleted.
    let main: ServedContent?
    /// The version of the default environment; nil when there is none, when it was deleted, or when that one was requested.
    let base: ServedContent?

    /// Reads both documents.
    ///
    /// - Throws: `CommandFailure` when there is neither.
    static func read(_ key: DocumentKey, _ client: RegistryClient) async throws -> LayeredContent {
        let main = try await client.livingContent(of: key)
        let isDefault = key.environment == DocumentKey.defaultEnvironment
        let base = isDefault ? nil : try await client.livingContent(of: DocumentKey(service: key.service))
        let layers = LayeredContent(key: key, main: main, base: base)
        guard layers.main != nil || layers.base != nil else {
            // Says what there is instead.
            _ = try await client.livingHead(of: key)
            throw await client.missing(key)
        }
        return layers
    }

    /// The merged content (RFC 7396), made as a watcher makes it.
    var value: JSONValue {
        get throws {
            let main = try main?.content.object ?? JSONObject()
            guard hasLayers else { return .object(main) }
            return .object(MergePatch.merge(main, into: try base?.content.object ?? JSONObject()))
        }
    }

    /// Every value with the layer that it is from.
    var origins: [ValueOrigin] {
        get throws {
            let main = JSONValue.object(try main?.content.object ?? JSONObject())
            guard hasLayers else { return ValueOrigin.all(in: main, of: key.environment) }
            let base = JSONValue.object(try base?.content.object ?? JSONObject())
            return ValueOrigin.all(of: main, in: key.environment, over: base)
        }
    }

    /// The default environment's own document has nothing underneath.
    private var hasLayers: Bool { key.environment != DocumentKey.defaultEnvironment }
}

extension LayeredContent {
    /// Which versions these are, for people.
    var title: String {
        let own = main.map { "version \($0.version)" } ?? "absent"
        guard hasLayers else { return "\(key) \(own)" }
        return "\(key) \(own), over \(key.service)/\(DocumentKey.defaultEnvironment) "
            + (base.map { "version \($0.version)" } ?? "absent")
    }

    /// The merged content, and which layer each value is from. A layer that is absent has version 0.
    func json(_ origins: [ValueOrigin]) throws -> JSONValue {
        var object = JSONObject()
        object["service_name"] = .string(key.service)
        object["environment"] = .string(key.environment)
        object["version"] = .number(JSONNumber(main?.version ?? 0))
        object["default_version"] = hasLayers ? .number(JSONNumber(base?.version ?? 0)) : nil
        object["content"] = try value
        object["values"] = .array(origins.map(\.json))
        return .object(object)
    }
}

extension RegistryClient {
    /// The newest version of a document; nil when there is no living one.
    fileprivate func livingContent(of key: DocumentKey) async throws -> ServedContent? {
        guard case .content(let served) = try await head(of: key) else { return nil }
        return served
    }
}
