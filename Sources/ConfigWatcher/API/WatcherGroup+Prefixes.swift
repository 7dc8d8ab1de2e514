public import ConfigModel

extension WatcherGroup {
    /// Follows a service and all below it: a watcher for each document that there is, and for each that comes while the group
    /// runs, over one subscription.
    ///
    /// ```swift
    /// let tenants = try group.follow(Tenant.self, prefix: "tenants.acme", environment: "prod") { watcher in
    ///     watcher.onReload("worker") { old, new in try await workers.run(watcher.key.service, new) }
    /// }
    /// ```
    ///
    /// What happens when a document is deleted says `WatcherOptions.deletion`: with `.keepLast` its watcher goes on with what
    /// it had; with `.fail` this one watcher ends and the group runs on. A document that is created again gets a new watcher
    /// then.
    ///
    /// - Parameters:
    ///   - type: the type of the values.
    ///   - prefix: a service name; `tenants.acme` means `tenants.acme` and `tenants.acme.monitors`, not `tenants.acme2`.
    ///   - environment: the environment's name.
    ///   - options: how the watchers decide; nil is as the group does.
    ///   - configure: registers handlers and validators of each watcher before anything is loaded. It is called by the source
    ///     that found the document, and should return soon.
    /// - Throws: `InvalidName` when a name is none, `WatcherError` when the options do not fit.
    @discardableResult
    public func follow<Value: Decodable & Sendable>(
        _ type: Value.Type, prefix: String, environment: String = DocumentKey.defaultEnvironment,
        options: WatcherOptions? = nil, configure: @escaping @Sendable (ConfigWatcher<Value>) -> Void = { _ in }
    ) throws -> FollowedPrefix<Value> {
        let decoder = ConfigDecoder<Value>.json((options ?? self.options).keys)
        let options = try checked(options, for: DocumentKey(service: prefix, environment: environment), decoder)
        return follow(try DocumentPrefix(service: prefix, environment: environment), decoder, options, configure)
    }

    /// Follows a service and all below it without a type of their own.
    ///
    /// - Parameters:
    ///   - prefix: a service name; `tenants.acme` means `tenants.acme` and `tenants.acme.monitors`, not `tenants.acme2`.
    ///   - environment: the environment's name.
    ///   - options: how the watchers decide; nil is as the group does.
    ///   - configure: registers handlers and validators of each watcher before anything is loaded.
    /// - Throws: `InvalidName` when a name is none, `WatcherError` when the options do not fit.
    @discardableResult
    public func follow(
        prefix: String, environment: String = DocumentKey.defaultEnvironment, options: WatcherOptions? = nil,
        configure: @escaping @Sendable (ConfigWatcher<ConfigDocument>) -> Void = { _ in }
    ) throws -> FollowedPrefix<ConfigDocument> {
        let key = try DocumentKey(service: prefix, environment: environment)
        let options = try checked(options, for: key, ConfigDecoder<ConfigDocument>.document)
        return follow(try DocumentPrefix(service: prefix, environment: environment), .document, options, configure)
    }

    /// Follows a prefix, and hands each proven version of each document to a closure, which may refuse it by throwing.
    ///
    /// - Parameters:
    ///   - prefix: which documents.
    ///   - options: how the watchers decide; nil is as the group does.
    ///   - timeout: how long one call may take; the version is rejected when it takes longer.
    ///   - apply: makes a version take effect.
    @discardableResult
    package func follow(
        _ prefix: DocumentPrefix, options: WatcherOptions? = nil, timeout: Duration,
        apply: @escaping @Sendable (ConfigDocument) async throws -> Void
    ) -> FollowedPrefix<ConfigDocument> {
        follow(prefix, .document, options) { $0.onApply("apply", timeout: timeout, apply) }
    }
}
