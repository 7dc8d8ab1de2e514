/// An actor with a connection of its own.
protocol Session: Actor, LoopSource {
    nonisolated var watchdog: CallWatchdog { get }

    /// Begins to connect, and to connect again for ever.
    func start()

    /// Ends the connection; afterwards the session does nothing any more.
    func stop()
}

extension Session {
    /// Stops and returns when the broker knows, or when it is clear that it cannot.
    nonisolated func finish() async {
        // Tasks of their own, because this is what a cancelled task does last.
        let stopping = Task { await stop() }
        // Nothing to say: the session ends by itself as soon as the attempt to connect does.
        if watchdog.isConnecting { return }
        let watching = Task { await watchdog.watch(limit: .seconds(2)) }
        await stopping.value
        watching.cancel()
    }
}
