import ConfigWatcher

/// How a provider's document is kept current. Default: `.following`.
public enum ProviderMode: Sendable, Equatable {
    /// Changes are announced by the source and applied as they come.
    case following
    /// No connection stands. The document is read when it is used and older than a part of the time to live: behind the access,
    /// which gets what is known. When it is older than the time to live, a fetch waits for the read.
    ///
    /// An outage costs the registry one request a process and pause, whatever the application asks; the last known values
    /// stay. While nothing is accessed, nothing is read.
    ///
    /// - refreshAhead: the part of the time to live after which an access begins a read, 0.1 to 1; 0.8 unless given.
    case ttl(Duration, refreshAhead: Double = 0.8)
}

extension ProviderMode {
    /// - Throws: `WatcherError` with code `invalidOptions`.
    func check() throws(WatcherError) {
        guard case .ttl(let ttl, let refreshAhead) = self else { return }
        guard ttl >= .milliseconds(100), ttl <= .seconds(31_536_000) else {
            throw WatcherError(.invalidOptions, "A time to live of \(ttl) is not possible: take 100 ms to a year.")
        }
        guard (0.1...1).contains(refreshAhead) else {
            throw WatcherError(.invalidOptions, "refreshAhead is a part of the time to live: take 0.1 to 1.")
        }
    }

    func source(_ source: any ConfigSource) -> any ConfigSource { self == .following ? source : source.onDemand }

    /// What the watcher decides by.
    func options(_ options: WatcherOptions) -> WatcherOptions {
        guard case .ttl(let ttl, _) = self else { return options }
        var options = options
        options.isOnDemand = true
        options.staleAfter = options.staleAfter ?? ttl
        return options
    }

    func schedule(now: ContinuousClock.Instant) -> RefreshSchedule? {
        guard case .ttl(let ttl, let refreshAhead) = self else { return nil }
        return RefreshSchedule(ttl: ttl, refreshAhead: refreshAhead, now: now)
    }
}
