import ConfigModel

/// What an unproven event says exists. It never becomes what a watcher wants: it makes the watcher ask the registry, and is
/// forgotten when the registry has answered.
struct Claim: Sendable, Equatable {
    /// What the version is said to be. When the registry knows the same about it, nothing has to be sent again.
    enum Content: Sendable, Equatable {
        /// The event brought it.
        case here(DocumentVersion)
        /// The event is being read.
        case coming
        /// It did not come with the event, or the event's word for it is worth nothing.
        case missing
    }

    let epoch: Epoch
    let version: Int64
    let content: Content

    init(epoch: Epoch, version: Int64, content: Content) {
        self.epoch = epoch
        self.version = version
        self.content = content
    }

    init(_ event: ConfigEvent, _ content: Content) {
        self.init(epoch: event.epoch, version: event.version, content: content)
    }

    /// How the registry names the version in `If-None-Match`.
    var etag: String { epoch.etag(version) }

    /// The one that claims more: a higher epoch, or a higher version in the same one.
    static func larger(_ left: Claim?, _ right: Claim?) -> Claim? {
        guard let left, let right else { return left ?? right }
        if left.content == .coming, left.isSameVersion(as: right) { return right }
        return (left.epoch.number, left.version) < (right.epoch.number, right.version) ? right : left
    }

    func isSameVersion(as other: Claim) -> Bool { epoch == other.epoch && version == other.version }
}
