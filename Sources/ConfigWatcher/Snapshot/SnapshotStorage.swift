import ConfigModel

/// One version of a watcher's value with all that belongs to it, made whole before anybody sees it and never changed.
final class SnapshotStorage<Value: Sendable>: Sendable {
    let value: Value?
    let object: JSONObject
    let content: Content?
    let layers: DocumentLayers
    let loadedAt: Timestamp?
    let freshness: Freshness

    init(
        value: Value, object: JSONObject, content: Content, layers: DocumentLayers, loadedAt: Timestamp,
        freshness: Freshness
    ) {
        self.value = value
        self.object = object
        self.content = content
        self.layers = layers
        self.loadedAt = loadedAt
        self.freshness = freshness
    }

    /// What there is before the first version.
    init(freshness: Freshness) {
        value = nil
        object = JSONObject()
        content = nil
        layers = DocumentLayers()
        loadedAt = nil
        self.freshness = freshness
    }
}
