import ConfigModel
import WatcherCore

/// What one watcher counted until now.
struct WatcherFigures: Sendable {
    /// Names the watcher.
    let id: ObjectIdentifier
    let key: DocumentKey
    let statistics: WatcherStatistics
}
