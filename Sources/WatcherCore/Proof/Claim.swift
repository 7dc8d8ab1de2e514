import ConfigModel

/// What an unproven event says exists. It never becomes what a watcher wants: it makes the watcher read the registry, and is
/// forgotten when the registry has responded.
struct Claim: Sendable, Equatable {
    let epoch: Epoch
    let version: Int64
    /// What the version is said to be. When the registry knows the same about it, nothing has to be sent again. Nil when
    /// the content did not come with the event, or when what the event says about it does not count.
    let document: DocumentVersion?

    init(_ event: ConfigEvent, _ document: DocumentVersion?) {
        epoch = event.epoch
        version = event.version
        self.document = document
    }

    /// How the registry names the version in `If-None-Match`.
    var etag: String { epoch.etag(version) }

    /// The one that claims more: a higher epoch, or a higher version in the same one.
    static func larger(_ left: Claim?, _ right: Claim?) -> Claim? {
        guard let left, let right else { return left ?? right }
        return (left.epoch.number, left.version) < (right.epoch.number, right.version) ? right : left
    }
}
