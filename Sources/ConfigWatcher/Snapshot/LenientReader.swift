import ConfigModel
public import WatcherCore

/// Reads a document whose values may be written as environment variables hold them: all as text.
///
/// ```swift
/// // {"db": {"port": "5432", "tls": "yes", "hosts": "db1, db2"}}
/// let port = watcher.lenient.get("db.port", default: 5432)
/// let usesTLS = watcher.lenient.get("db.tls", default: true)
/// let hosts = watcher.lenient.get("db.hosts", default: ["localhost"])
/// ```
///
/// | wanted | taken beside the type itself |
/// |---|---|
/// | `Bool` | `true`, `1`, `yes`, `on`, `false`, `0`, `no`, `off` in any case |
/// | numbers | text that is exactly a number |
/// | `String` | a number or a boolean, as it was written |
/// | arrays | text with commas between the elements |
///
/// Nothing is rounded: `1.5` is no `Int`, and 2^53 + 1 keeps its value.
public struct LenientReader: Sendable {
    private let object: @Sendable () -> JSONObject

    init(_ object: @escaping @Sendable () -> JSONObject) { self.object = object }

    /// The value at a path, or the default when there is none or it is of another type.
    public func get<Wanted: ConfigReadable>(_ path: ConfigPath, default fallback: Wanted) -> Wanted {
        path.value(in: object()).flatMap { Wanted(lenient: $0) } ?? fallback
    }

    /// The value at a path; nil when there is none.
    ///
    /// - Throws: `WatcherError` with code `typeMismatch` when it is of another type.
    public func get<Wanted: ConfigReadable>(_ path: ConfigPath, as type: Wanted.Type) throws(WatcherError) -> Wanted? {
        try path.value(in: object()).map { value throws(WatcherError) in
            guard let wanted = Wanted(lenient: value) else { throw WatcherError(path, value, isNo: type) }
            return wanted
        }
    }
}

extension Snapshot {
    /// Reads values that are written as text too.
    public var lenient: LenientReader { LenientReader { [storage] in storage.object } }
}

extension WatcherError {
    /// The value at a path is of another type than the wanted one.
    init<Wanted>(_ path: ConfigPath, _ value: JSONValue, isNo type: Wanted.Type) {
        self.init(.typeMismatch, "'\(path)' is \(value.kind), not the wanted \(type).")
    }
}
