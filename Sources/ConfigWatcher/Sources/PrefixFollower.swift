import ConfigModel

/// What follows whatever documents there are below a prefix.
protocol PrefixFollower: AnyObject, Sendable {
    /// Which documents.
    var prefix: DocumentPrefix { get }

    /// True for a document that it follows at present.
    func follows(_ key: DocumentKey) -> Bool

    /// A document exists, which it follows before this returns.
    ///
    /// - Returns: true when it did not follow it before.
    func found(_ key: DocumentKey) -> Bool

    /// The source named every document that there is.
    func listed()

    /// A watcher ended, or is about to.
    func lost(_ follower: any SourceFollower)
}
