import ConfigModel
import WatcherCore

/// One version of a watcher's value with all that belongs to it, complete before it is published and never changed.
final class SnapshotStorage<Value: Sendable>: Sendable {
    let value: Value?
    private let lazyObject: LazyObject?
    let content: Content?
    let layers: DocumentLayers
    let loadedAt: Timestamp?
    let freshness: Freshness
    let secrets: ResolvedSecrets

    init(
        value: Value, object: LazyObject, content: Content, layers: DocumentLayers, loadedAt: Timestamp,
        freshness: Freshness, secrets: ResolvedSecrets = ResolvedSecrets()
    ) {
        self.value = value
        lazyObject = object
        self.content = content
        self.layers = layers
        self.loadedAt = loadedAt
        self.freshness = freshness
        self.secrets = secrets
    }

    /// The content as a value; empty before the first version.
    var object: JSONObject { lazyObject?.value ?? JSONObject() }

    /// What there is before the first version.
    init(freshness: Freshness) {
        value = nil
        lazyObject = nil
        content = nil
        layers = DocumentLayers()
        loadedAt = nil
        self.freshness = freshness
        secrets = ResolvedSecrets()
    }
}
