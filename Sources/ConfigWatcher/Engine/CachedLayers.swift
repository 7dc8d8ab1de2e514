/// What lay in the cache.
struct CachedLayers: Sendable, Equatable {
    let layers: DocumentLayers
    /// How long ago it was proven to be the newest.
    let age: Duration
}
