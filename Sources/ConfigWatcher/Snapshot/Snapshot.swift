public import ConfigModel
public import WatcherCore

/// What a watcher runs at one moment: value, version and content belong together and never change.
///
/// Take it once and read everything that has to fit together from it.
public struct Snapshot<Value: Sendable>: Sendable {
    let storage: SnapshotStorage<Value>

    /// The configuration; nil until the first version is loaded.
    public var value: Value? { storage.value }

    /// The document's version; with overlay that of the environment's document. 0 when there is none.
    public var version: Int64 { storage.layers.main?.version ?? 0 }

    /// With overlay the version of the default environment's document; 0 when there is none.
    public var defaultVersion: Int64 { storage.layers.base?.version ?? 0 }

    /// The history that the version belongs to.
    public var epoch: Epoch? { storage.layers.epoch }

    /// The content as it was published, with overlay the merged one; nil until the first version is loaded.
    public var content: Content? { storage.content }

    /// The content as a value that loses nothing, with secrets in the place of references; empty until the first version is
    /// loaded.
    public var object: JSONObject { storage.object }

    /// The secrets in `object`.
    package var secrets: ResolvedSecrets { storage.secrets }

    /// When it was loaded.
    public var loadedAt: Timestamp? { storage.loadedAt }

    /// How long ago there was proof that the newest version is known: in this run or, for what runs from the cache, in the
    /// one that wrote it. nil when there never was.
    public var age: Duration? { storage.freshness.age }
}

extension Snapshot {
    /// The value at a path, or the default when there is none or it is of another type.
    ///
    /// ```swift
    /// let port = snapshot.get("db.port", default: 5432)
    /// ```
    public func get<Wanted: ConfigReadable>(_ path: ConfigPath, default fallback: Wanted) -> Wanted {
        path.value(in: object).flatMap { Wanted(configuration: $0) } ?? fallback
    }

    /// The value at a path; nil when there is none.
    ///
    /// - Throws: `WatcherError` with code `typeMismatch` when it is of another type.
    public func get<Wanted: ConfigReadable>(_ path: ConfigPath, as type: Wanted.Type) throws(WatcherError) -> Wanted? {
        guard let value = path.value(in: object) else { return nil }
        guard let wanted = Wanted(configuration: value) else {
            throw WatcherError(path, value, isNo: type)
        }
        return wanted
    }
}
