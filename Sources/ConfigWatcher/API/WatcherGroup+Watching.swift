package import ConfigModel
public import WatcherCore

extension WatcherGroup {
    /// Adds a watcher whose value is decoded from the document. In a running group it runs at once.
    ///
    /// - Parameters:
    ///   - type: the type of its value.
    ///   - key: `service/environment`, or `service` alone for the environment `default`.
    ///   - options: how it decides; nil is as the group does.
    ///   - configure: registers handlers and validators before anything is loaded.
    /// - Returns: the watcher, to read from and to control. It is run by the group.
    /// - Throws: `WatcherError` with code `invalidOptions` when the key is none, or the options do not fit, also to the source.
    @discardableResult
    public func watch<Value: Decodable & Sendable>(
        _ type: Value.Type, key: String, options: WatcherOptions? = nil,
        configure: (ConfigWatcher<Value>) -> Void = { _ in }
    ) throws(WatcherError) -> ConfigWatcher<Value> {
        let key = try DocumentKey.watched(key)
        let decoder = ConfigDecoder<Value>.json((options ?? self.options).keys)
        return add(key, decoder, try checked(options, for: key, decoder), configure)
    }

    /// Adds a watcher without a type of its own. In a running group it runs at once.
    ///
    /// - Parameters:
    ///   - key: `service/environment`, or `service` alone for the environment `default`.
    ///   - options: how it decides; nil is as the group does.
    ///   - configure: registers handlers and validators before anything is loaded.
    /// - Returns: the watcher, to read from and to control. It is run by the group.
    /// - Throws: `WatcherError` with code `invalidOptions` when the key is none, or the options do not fit, also to the source.
    @discardableResult
    public func watch(
        key: String, options: WatcherOptions? = nil, configure: (ConfigWatcher<ConfigDocument>) -> Void = { _ in }
    ) throws(WatcherError) -> ConfigWatcher<ConfigDocument> {
        let key = try DocumentKey.watched(key)
        let options = try checked(options, for: key, ConfigDecoder<ConfigDocument>.document)
        return add(key, .document, options, configure)
    }

    /// Adds a watcher that hands each proven version to a closure, which may refuse it by throwing. What the closure did
    /// is not taken back; nothing is called after it.
    ///
    /// - Parameters:
    ///   - key: the document.
    ///   - options: how it decides; nil is as the group does.
    ///   - timeout: how long one call may take; the version is rejected when it takes longer.
    ///   - apply: makes the version take effect.
    @discardableResult
    package func watch(
        _ key: DocumentKey, options: WatcherOptions? = nil, timeout: Duration,
        apply: @escaping @Sendable (ConfigDocument) async throws -> Void
    ) -> ConfigWatcher<ConfigDocument> {
        var options = options ?? self.options
        // What is written to disk holds the reference and no secret.
        options.keepsSecretReferences = true
        return add(key, .document, options) { $0.onApply("apply", timeout: timeout, apply) }
    }
}
