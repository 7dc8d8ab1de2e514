public import WatcherCore

extension ConfigWatcher {
    /// Reads values that are written as text too, of what runs at the moment of each read.
    public var lenient: LenientReader { LenientReader { [reloader] in reloader.current.object } }

    /// The value at a path of what runs; nil when there is none.
    ///
    /// - Throws: `WatcherError` with code `typeMismatch` when it is of another type.
    public func get<Wanted: ConfigReadable>(_ path: ConfigPath, as type: Wanted.Type) throws(WatcherError) -> Wanted? {
        try current.get(path, as: type)
    }
}
