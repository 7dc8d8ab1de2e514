import ConfigModel

/// The documents that one watcher's value is made of: its own and, with overlay, the one of the default environment
/// underneath.
struct DocumentLayers: Sendable, Equatable {
    var main: DocumentVersion?
    var base: DocumentVersion?

    subscript(layer: Layer) -> DocumentVersion? {
        get { layer == .main ? main : base }
        set { if layer == .main { main = newValue } else { base = newValue } }
    }

    /// Which versions these are.
    var identity: LayersIdentity { LayersIdentity(main: main?.identity, base: base?.identity) }

    /// False when every layer is absent or deleted.
    var hasContent: Bool { [main, base].contains { $0.map { !$0.isTombstone } ?? false } }

    /// What a reader sees. A deleted document is an absent one. With overlay the main document is a merge patch (RFC 7396)
    /// on the one underneath, also when there is none underneath: `null` never survives.
    func object(isOverlay: Bool) throws(JSONError) -> JSONObject {
        let main = try main.flatMap { $0.isTombstone ? nil : $0.content }?.object ?? JSONObject()
        guard isOverlay else { return main }
        let base = try base.flatMap { $0.isTombstone ? nil : $0.content }?.object ?? JSONObject()
        return MergePatch.merge(main, into: base)
    }
}

/// A document's part in a watcher's value.
enum Layer: Sendable, Hashable, CaseIterable {
    /// The document of the watcher's own environment.
    case main
    /// The document of the default environment, with overlay.
    case base
}

/// Which versions a value is made of.
struct LayersIdentity: Sendable, Hashable {
    var main: VersionIdentity?
    var base: VersionIdentity?
}

/// Which version with which content. The store's epoch is no part of it: a version that counts on in a new epoch is the same,
/// and need not be applied again. (The epoch that it was written in is part of the record hash.)
struct VersionIdentity: Sendable, Hashable {
    let version: Int64
    let recordHash: String
    let contentHash: String
}

extension DocumentVersion {
    var identity: VersionIdentity {
        VersionIdentity(version: version, recordHash: recordHash, contentHash: content.hash)
    }
}
