public import ConfigModel
public import WatcherCore

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
    /// - Throws: `WatcherError` with code `invalidOptions` when a name is none, the prefix has a dot at its end, the options do not fit or
    ///   the source is one file.
    @discardableResult
    public func follow<Value: Decodable & Sendable>(
        _ type: Value.Type, prefix: String, environment: String = DocumentKey.defaultEnvironment,
        options: WatcherOptions? = nil, configure: @escaping @Sendable (ConfigWatcher<Value>) -> Void = { _ in }
    ) throws(WatcherError) -> FollowedPrefix<Value> {
        try Self.check(prefix)
        let decoder = ConfigDecoder<Value>.json((options ?? self.options).keys)
        let (prefix, options) = try checked(prefix, environment, options, decoder)
        return follow(prefix, decoder, options, configure)
    }

    /// Follows a service and all below it without a type of their own.
    ///
    /// - Parameters:
    ///   - prefix: a service name; `tenants.acme` means `tenants.acme` and `tenants.acme.monitors`, not `tenants.acme2`.
    ///   - environment: the environment's name.
    ///   - options: how the watchers decide; nil is as the group does.
    ///   - configure: registers handlers and validators of each watcher before anything is loaded.
    /// - Throws: `WatcherError` with code `invalidOptions` when a name is none, the prefix has a dot at its end, the options do not fit or
    ///   the source is one file.
    @discardableResult
    public func follow(
        prefix: String, environment: String = DocumentKey.defaultEnvironment, options: WatcherOptions? = nil,
        configure: @escaping @Sendable (ConfigWatcher<ConfigDocument>) -> Void = { _ in }
    ) throws(WatcherError) -> FollowedPrefix<ConfigDocument> {
        try Self.check(prefix)
        let (prefix, options) = try checked(prefix, environment, options, ConfigDecoder<ConfigDocument>.document)
        return follow(prefix, .document, options, configure)
    }

    private func checked<Value: Sendable>(
        _ service: String, _ environment: String, _ options: WatcherOptions?, _ decoder: ConfigDecoder<Value>
    ) throws(WatcherError) -> (DocumentPrefix, WatcherOptions) {
        let prefix: DocumentPrefix
        let key: DocumentKey
        do throws(InvalidName) {
            prefix = try DocumentPrefix(service: service, environment: environment)
            key = try DocumentKey(service: service, environment: environment)
        } catch {
            throw WatcherError(.invalidOptions, error.description)
        }
        try engine.check(prefix)
        return (prefix, try checked(options, for: key, decoder))
    }

    /// A prefix of whole words; with a dot at its end it means nothing that is usually published.
    private static func check(_ prefix: String) throws(WatcherError) {
        let dot = UInt8(ascii: ".")
        let words = prefix.utf8.split(separator: dot, omittingEmptySubsequences: false)
        guard words.count > 1, words.contains(where: \.isEmpty) else { return }
        throw WatcherError(
            .invalidOptions,
            "The prefix '\(prefix)' has a dot without a word beside it: write tenants.acme, which means tenants.acme and all below."
        )
    }

    /// Follows a prefix for files: what a document says of secrets stays as it is.
    ///
    /// - Parameters:
    ///   - prefix: which documents.
    ///   - known: documents that were followed by an earlier process. What is in the cache of them takes effect while the
    ///     source is away, and what became of them is found out when it is there.
    ///   - options: how the watchers decide; nil is as the group does.
    ///   - onListed: called once, when the source has named every document that there is; it must not wait.
    ///   - configure: registers handlers and validators of each watcher before anything is loaded.
    package func follow(
        _ prefix: DocumentPrefix, known: [DocumentKey], options: WatcherOptions? = nil,
        onListed: @escaping @Sendable () -> Void,
        configure: @escaping @Sendable (ConfigWatcher<ConfigDocument>) -> Void
    ) -> FollowedPrefix<ConfigDocument> {
        var options = options ?? self.options
        options.keepsSecretReferences = true
        return follow(prefix, .document, options, known: known, onListed: onListed, configure)
    }
}
