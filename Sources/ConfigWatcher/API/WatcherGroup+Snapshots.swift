extension WatcherGroup {
    /// What several watchers of the group run at one moment.
    ///
    /// With `changeSets: .together` documents that were published together are all in it in their new versions, or all in
    /// those before. Reading `current` of one watcher after the other could fall between.
    ///
    /// ```swift
    /// let (limits, routing) = group.snapshots(of: limitsWatcher, routingWatcher)
    /// ```
    public func snapshots<each Value: Sendable>(
        of watchers: repeat ConfigWatcher<each Value>
    ) -> (repeat Snapshot<each Value>) {
        engine.swaps.whole { (repeat (each watchers).current) }
    }

    /// What several watchers of one type run at one moment, in their order.
    public func snapshots<Value: Sendable>(of watchers: [ConfigWatcher<Value>]) -> [Snapshot<Value>] {
        engine.swaps.whole { watchers.map(\.current) }
    }
}
