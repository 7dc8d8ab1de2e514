import ConfigModel

/// Everything that can happen to a watcher.
enum WatchInput: Sendable {
    /// It begins.
    case started(FirstRead)
    /// What lay in the cache.
    case restored(CachedLayers)
    /// A message that is said to bring this version has come from the bus, and is being read.
    case announced(ExpectedVersion)
    /// An event from the bus.
    case heard(ConfigEvent)
    /// An event from the registry's own stream.
    case told(ConfigEvent)
    /// Ask now: a source stands, and what happened before was not received.
    case subscribed
    /// A person wants everything tried now: ask, and do not wait with what is to be tried again.
    case asked
    /// A source was lost.
    case interrupted(reason: String)
    /// The registry's stream has told every head that was not known.
    case synced(Epoch, DocumentKey)
    /// The registry's stream was complete this long ago.
    case proved(age: Duration, DocumentKey)
    /// The registry's stream says that the newest version of a document, whose number this is, is damaged.
    case damaged(Int64, DocumentKey)
    /// The registry answered.
    case answered(RegistryAnswer, ReadRequest, Layer)
    /// A reload ended.
    case finished(ReloadReport)
    /// A handler that was stuck returned.
    case handlerReturned
    /// Time passed.
    case tick
    case command(WatchCommand)
    case stop
}

/// What a watcher asks the registry when it begins.
enum FirstRead: Sendable {
    /// Nothing: its source tells the heads without being asked.
    case nothing
    /// What the registry remembers. Should there be a bus, the watcher asks again when it is bound.
    case remembered
    /// What the registry's store has: the source stands already, and an event may have been missed before.
    case stored
}

/// What a person or the application asks for.
enum WatchCommand: Sendable {
    case reload(isForced: Bool, ticket: Int)
    case rollback(to: Int64, ticket: Int)
    case rollbackToInitial(ticket: Int)
    case pause
    case resume
}

/// What has to be done.
enum WatchAction: Sendable {
    case read(ReadRequest, Layer)
    case run(ReloadJob)
    case report(Outcome)
    /// There is no such document.
    case missing
    /// The bus did not announce this version.
    case unannounced(DocumentKey, version: Int64)
    /// Write the cache.
    case save(DocumentLayers)
    /// What is in the cache was proven to be the newest just now.
    case touch
    /// Say `.tick` at this moment.
    case wake(Instant)
    case complete(ticket: Int, Result<Outcome?, WatcherError>)
    case fail(WatcherError)
    case stopped
}
