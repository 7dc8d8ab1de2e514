import ConfigWatcher

enum PoolError: Error {
    case tooLarge
}

actor ConnectionPool {
    private(set) var size = 0

    func resize(to wanted: Int) throws {
        guard wanted <= 1_000 else { throw PoolError.tooLarge }
        size = wanted
    }
}

extension ConnectionPool {
    func reconnect(to host: String) throws {}
}

/// What the article with this name shows.
enum ReloadingAPool {
    static func register(_ pool: ConnectionPool, with watcher: ConfigWatcher<ParsingConfig>) {
        watcher.onReload("pool", priority: 50, timeout: .seconds(5)) { old, new in
            try await pool.resize(to: new.maxConnections)
        }
        watcher.onReload("host", path: "db_host") { old, new in
            try await pool.reconnect(to: new.dbHost)
        }
    }

    static func options() -> WatcherOptions {
        var options = WatcherOptions()
        options.handlers = .fraction(0.51)
        return options
    }
}
