package import ConfigModel

/// Everything that can happen to a watcher.
package enum WatchInput: Sendable {
    /// It begins.
    case started
    /// What lay in the cache.
    case restored(CachedLayers)
    /// What ran well in earlier runs, the oldest first.
    case restoredGood([DocumentLayers])
    /// The source said something about a document.
    case source(SourceEvent, DocumentKey)
    /// The source responded to a read.
    case received(SourceResponse, ReadRequest)
    /// An operator wants everything tried now: read, and do not wait with what is to be tried again.
    case refresh(ReloadTrigger)
    /// A reload ended.
    case finished(ReloadReport)
    /// What became of a reload that belongs together with others.
    case changeSet(SetNotice)
    /// A handler that was stuck returned.
    case handlerReturned
    /// Time passed.
    case tick
    /// The application or an operator wants something.
    case command(WatcherCommand)
    /// It ends after the reload under way.
    case stop
}

/// What the application or an operator wants.
package enum WatcherCommand: Sendable {
    /// Read the document, and load what is newer; forced: load it in any case.
    case reload(isForced: Bool, trigger: ReloadTrigger, ticket: Int)
    /// Load an earlier version.
    case rollback(to: RollbackTarget, ticket: Int)
    /// Load what runs again.
    case reapply(ticket: Int)
    /// Load nothing.
    case pause
    /// Load what is newer again.
    case resume
}
