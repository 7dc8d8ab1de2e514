import ConfigWatcher
public import Configuration

extension RegistryConfigProvider: ConfigProvider {
    /// The value that runs. It comes from memory.
    ///
    /// - Throws: `WatcherError` with code `typeMismatch` when it is of another type.
    public func value(forKey key: AbsoluteConfigKey, type: ConfigType) throws -> LookupResult {
        try present.value(forKey: key, type: type)
    }

    /// Reads the registry, once for all who fetch at that moment, applies what is newer and returns the value that runs then.
    /// With a time to live the registry is read only when it has passed.
    ///
    /// - Throws: `WatcherError` with code `typeMismatch` when the value is of another type; with `ConfigReading.fetching` set to
    ///   `throwing` also when the registry does not answer.
    public func fetchValue(forKey key: AbsoluteConfigKey, type: ConfigType) async throws -> LookupResult {
        do {
            try await refresh.fetch()
        } catch {
            try Task.checkCancellation()
            if reading.fetching == .throwing { throw error }
        }
        return try value(forKey: key, type: type)
    }

    /// All values of one version.
    public func snapshot() -> any ConfigSnapshot { present }

    /// The present result at once, and then each result that is another one for this type: also a failure, and also absence. A
    /// slow reader gets the newest. The sequence does not end before the closure returns or its task is cancelled.
    public func watchValue<Return: ~Copyable>(
        forKey key: AbsoluteConfigKey, type: ConfigType,
        updatesHandler: (ConfigUpdatesAsyncSequence<Result<LookupResult, any Error>, Never>) async throws -> Return
    ) async throws -> Return {
        try await watching { signals in
            try await updatesHandler(
                ConfigUpdatesAsyncSequence(
                    ConfigUpdates(signals: signals) {
                        Result { try self.value(forKey: key, type: type) }
                    } isSame: {
                        $0.isSame(as: $1)
                    }))
        }
    }

    /// The present snapshot at once, and then each applied content that is another one. A slow reader gets the newest. The
    /// sequence does not end before the closure returns or its task is cancelled.
    public func watchSnapshot<Return: ~Copyable>(
        updatesHandler: (ConfigUpdatesAsyncSequence<any ConfigSnapshot, Never>) async throws -> Return
    ) async throws -> Return {
        try await watching { signals in
            let snapshots = ConfigUpdates(signals: signals) {
                self.present
            } isSame: {
                $0.hasSameContent(as: $1)
            }
            return try await updatesHandler(ConfigUpdatesAsyncSequence(snapshots.map { $0 as any ConfigSnapshot }))
        }
    }

    /// What runs at this moment.
    private var present: RegistryConfigSnapshot {
        refresh.access()
        return RegistryConfigSnapshot(
            providerName: providerName, document: watcher.key, snapshot: watcher.current, reading: reading)
    }

    /// What is watched is used: with a time to live it is refreshed as accesses would.
    private func watching<Return: ~Copyable>(
        _ body: (AsyncStream<Void>) async throws -> Return
    ) async throws -> Return {
        let refreshing = hasTimeToLive ? Task { [refresh] in await refresh.keepFresh() } : nil
        defer { refreshing?.cancel() }
        return try await changes.withSignals(body)
    }
}

extension Result where Success == LookupResult, Failure == any Error {
    /// Two failures of one text are the same.
    fileprivate func isSame(as other: Self) -> Bool {
        switch (self, other) {
        case (.success(let left), .success(let right)): left == right
        case (.failure(let left), .failure(let right)): "\(left)" == "\(right)"
        default: false
        }
    }
}
