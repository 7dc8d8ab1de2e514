import ConfigModel

/// What an unproven event says exists. It never becomes what a watcher wants: it makes the watcher ask the registry, and is
/// forgotten when the registry has answered.
struct Claim: Sendable, Equatable {
    let epoch: Epoch
    let version: Int64
    init(_ event: ConfigEvent) {
        epoch = event.epoch
        version = event.version
    }

    /// The one that claims more: a higher epoch, or a higher version in the same one.
    static func larger(_ left: Claim?, _ right: Claim?) -> Claim? {
        guard let left, let right else { return left ?? right }
        return (left.epoch.number, left.version) < (right.epoch.number, right.version) ? right : left
    }
}
