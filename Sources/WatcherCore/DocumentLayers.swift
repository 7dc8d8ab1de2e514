package import ConfigModel

/// The documents that one watcher's value is made of: its own and, with overlay, the one of the default environment
/// underneath.
package struct DocumentLayers: Sendable, Equatable {
    /// The document of the watcher's own environment.
    package var main: DocumentVersion?
    /// The document of the default environment, with overlay.
    package var base: DocumentVersion?

    /// Puts layers together; without arguments there are none.
    package init(main: DocumentVersion? = nil, base: DocumentVersion? = nil) {
        self.main = main
        self.base = base
    }

    /// One of them.
    package subscript(layer: Layer) -> DocumentVersion? {
        get { layer == .main ? main : base }
        set { if layer == .main { main = newValue } else { base = newValue } }
    }

    /// Which versions these are.
    var identity: LayersIdentity { LayersIdentity(main: main?.identity, base: base?.identity) }

    /// The history that the versions belong to; nil when there are none, or they came from no store.
    package var epoch: Epoch? { (main ?? base)?.storeEpoch }

    /// False when every layer is absent or deleted.
    package var hasContent: Bool { [main, base].contains { $0.map { !$0.isTombstone } ?? false } }

    /// What a reader sees. A deleted document is an absent one. With overlay the main document is a merge patch (RFC 7396)
    /// on the one underneath, also when there is none underneath: `null` never survives.
    package func object(isOverlay: Bool) throws(JSONError) -> JSONObject {
        let main = try main.flatMap { $0.isTombstone ? nil : $0.content }?.object ?? JSONObject()
        guard isOverlay else { return main }
        let base = try base.flatMap { $0.isTombstone ? nil : $0.content }?.object ?? JSONObject()
        return MergePatch.merge(main, into: base)
    }
}

/// A document's part in a watcher's value.
package enum Layer: Sendable, Hashable, CaseIterable {
    /// The document of the watcher's own environment.
    case main
    /// The document of the default environment, with overlay.
    case base
}

/// Which versions a value is made of.
struct LayersIdentity: Sendable, Hashable {
    var main: RecordIdentity?
    var base: RecordIdentity?
}

/// Which version with which content. The store's epoch is no part of it: a version that counts on in a new epoch is the same,
/// and need not be applied again. (The epoch that it was written in is part of the record hash.)
struct RecordIdentity: Sendable, Hashable {
    let version: Int64
    let recordHash: String
    let contentHash: String
}
