/// What lay in the cache.
package struct CachedLayers: Sendable, Equatable {
    /// The documents.
    package let layers: DocumentLayers
    /// How long ago they were proven to be the newest.
    package let age: Duration

    /// Describes what lay in the cache.
    package init(layers: DocumentLayers, age: Duration) {
        self.layers = layers
        self.age = age
    }
}
