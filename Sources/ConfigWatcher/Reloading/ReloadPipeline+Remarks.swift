import ConfigModel
import Logging
import Synchronization

/// What a pipeline has said once.
struct ReloadRemarks: Sendable {
    /// That placeholders are not replaced.
    var saysPlaceholders = false
    /// The handlers with a path whose first reload has come.
    var handlers: Set<Int> = []
}

extension ReloadPipeline {
    /// Says once that the document has placeholders and that they stay as they are: a service that was fed by a file would
    /// connect to a host with the name `${DB_HOST}`.
    func remarkPlaceholders(_ input: DecoderInput) {
        guard ignoresPlaceholders, let logger, !remarks.withLock({ $0.saysPlaceholders }),
            PlaceholderExpansion.mayHavePlaceholders(input.content.bytes)
        else { return }
        let places = PlaceholderExpansion.places(in: input.object.value)
        guard !places.isEmpty else { return }
        remarks.withLock { $0.saysPlaceholders = true }
        let named = places.prefix(10).map { "\($0)" }.joined(separator: ", ") + (places.count > 10 ? ", ..." : "")
        logger.warning(
            "placeholders like ${NAME} are not replaced in what comes from this source: WatcherOptions.placeholders allows them by name",
            metadata: [WatcherLogKey.document: "\(key)", WatcherLogKey.path: "\(named)"])
    }

    /// Says once of each handler that its path leads to nothing, at the first reload that it takes part in: it is never called.
    func remarkPaths(
        of handlers: [ReloadHandler<Value>], from old: SnapshotStorage<Value>, to new: SnapshotStorage<Value>
    ) {
        for handler in handlers {
            guard let path = handler.path, remarks.withLock({ $0.handlers.insert(handler.id).inserted }),
                path.value(in: new.object) == nil, old.value == nil || path.value(in: old.object) == nil
            else { continue }
            var metadata: Logger.Metadata = [
                WatcherLogKey.document: "\(key)", WatcherLogKey.handler: "\(handler.name)",
                WatcherLogKey.path: "\(path)",
            ]
            let names = DocumentNames(new.object, .convertFromSnakeCase)
            let near = names.pointer(path.tokens)
            if names.value(at: near) != nil { metadata[WatcherLogKey.error] = "The document has \(near)." }
            logger?.warning(
                "the path of a handler leads to nothing in the document, so that it is not called: paths have the document's names",
                metadata: metadata)
        }
    }

    /// Says that outcomes do not tell two handlers apart.
    func reportSameName(_ handler: String) {
        logger?.warning(
            "two handlers have the same name, so that outcomes do not tell them apart",
            metadata: [WatcherLogKey.document: "\(key)", WatcherLogKey.handler: "\(handler)"])
    }

    /// Says that a handler is left out from now on.
    static func reportStuck(_ handler: String, _ key: DocumentKey, _ logger: Logger?) {
        logger?.warning(
            "a handler has not returned within twice its time; it is left out until it does",
            metadata: [WatcherLogKey.document: "\(key)", WatcherLogKey.handler: "\(handler)"])
    }

    /// Says that a handler takes part again.
    func reportReturned(_ handler: String) {
        logger?.notice(
            "a handler that was stuck has returned",
            metadata: [WatcherLogKey.document: "\(key)", WatcherLogKey.handler: "\(handler)"])
    }
}
