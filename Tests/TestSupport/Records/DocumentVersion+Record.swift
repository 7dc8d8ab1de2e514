package import ConfigModel
package import WatcherCore

extension DocumentVersion {
    /// A version as an event brings it.
    package init(_ record: VersionRecord) {
        self.init(
            key: record.key, version: record.version, epoch: record.epoch, recordEpoch: record.epoch,
            changeType: record.changeType, content: record.content, recordHash: record.recordHash,
            signature: record.signature, createdAt: record.createdAt, changeSet: record.changeSet)
    }

    /// As the registry serves it: without milliseconds.
    package var asServed: DocumentVersion {
        var copy = self
        copy.createdAt = nil
        return copy
    }
}
