public import ConfigModel
public import WatcherCore

/// What a watcher or group wants from its source.
public enum SourceRequest: Sendable {
    /// Report changes of this document too. It was added while the source ran.
    case follow(DocumentKey)
    /// Changes of this document are not wanted any more.
    case unfollow(DocumentKey)
    /// Report which documents there are below this prefix (`SourceFeed.found`), at present and from now on. A source that
    /// knows single documents only refuses prefixes before (`ConfigSource.check`).
    case followPrefix(DocumentPrefix)
    /// Documents below this prefix are not wanted any more, but those that are followed by themselves.
    case unfollowPrefix(DocumentPrefix)
    /// Read the newest version of a document.
    case read(SourceRead)
}

/// A read of a document's newest version; it has to be given a response.
public struct SourceRead: Sendable {
    let request: ReadRequest
    let follower: any SourceFollower
    let feed: SourceFeed

    /// Which document.
    public var key: DocumentKey { request.key }
    /// The ETag of the version that is known; `.notModified` is the response while it is the newest. A source without ETags
    /// responds with the version itself.
    public var ifNoneMatch: String? { request.etag }
    /// The response is `.behind` while there is nothing as new as this.
    public var minimumVersion: Int64? { request.minimumVersion }
    /// The epoch that `minimumVersion` belongs to.
    public var epoch: Epoch? { request.epoch }
    /// What the source remembers is not enough.
    public var isFresh: Bool { request.isFresh }
    /// The application requested it, with `reload()`, and waits for it.
    public var isRequested: Bool { request.isRequested }
    /// False when the watcher has ended, so that no response is needed.
    public var isWanted: Bool { follower.isFollowing }

    /// Ends the read.
    public func respond(_ response: SourceResponse) {
        feed.note(response, key)
        follower.receive(.received(response, request))
    }
}
