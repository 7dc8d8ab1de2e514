import WatcherCore

extension ConfigWatcher {
    /// A service that finds the secrets of what runs again so often, and loads it again when one has changed: through
    /// validators and handlers, as a new version would be.
    ///
    /// ```swift
    /// let group = ServiceGroup(services: [watcher, watcher.refreshSecrets(every: .seconds(60))], logger: logger)
    /// ```
    ///
    /// What cannot be found any more, or is refused, is reported as rejected, once; what ran before runs on.
    ///
    /// - Parameter interval: how often; the service ends with `invalidOptions` when it is not longer than nothing.
    public func refreshSecrets(every interval: Duration) -> SecretRefresh {
        SecretRefresh(interval: interval) { [reloader] in
            let secrets = reloader.current.secrets
            guard let references = reloader.references, !secrets.isEmpty else { return nil }
            let found = await references.resolve(again: secrets)
            return found == secrets.entries.map { .success($0.value) } ? nil : found
        } reload: { [pipeline] in
            _ = try await pipeline.tickets.result { pipeline.receive(.command(.reapply(ticket: $0))) }
        }
    }
}
