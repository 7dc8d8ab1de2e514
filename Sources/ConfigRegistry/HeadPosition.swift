import ConfigModel
import ConfigStore

/// Where a head stands in time: versions are comparable inside one epoch, and a new epoch comes after all that was before.
struct HeadPosition: Equatable {
    let epoch: Epoch
    let version: Int64

    func isNewer(than other: HeadPosition) -> Bool {
        epoch == other.epoch ? version > other.version : epoch.number >= other.epoch.number
    }
}

extension HeadSnapshot {
    /// Where this head stands among those of its document.
    var position: HeadPosition { HeadPosition(epoch: epoch, version: record.version) }

    var identity: VersionIdentity { VersionIdentity(key: key, version: record.version) }
}
