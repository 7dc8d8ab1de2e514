import ConfigModel
import WatcherCore

/// What follows documents of a source: a watcher.
protocol SourceFollower: AnyObject, Sendable {
    /// The documents that it follows.
    var documents: [DocumentKey] { get }
    /// False when it has ended.
    var isFollowing: Bool { get }
    /// The newest version of a document that the source itself named in this run.
    func confirmedVersion(of key: DocumentKey) -> DocumentVersion?
    /// Takes what happened.
    func receive(_ input: WatchInput)
}
