import ConfigModel

/// Why something that a source said was not believed.
enum Refusal: Sendable, Equatable {
    /// Trusted keys are configured, and none of them signed it.
    case signature(SignatureFailure)
    /// It says something else about a version that is already proven.
    case conflict(version: Int64)
    /// It belongs to a store of the same rank as the one this watcher follows.
    case foreignEpoch(Epoch, own: Epoch)
    /// The registry answers with less than what is proven.
    case registryBehind(version: Int64, proven: Int64)
    /// The registry does not know a document that was proven to exist.
    case unknownToRegistry(proven: Int64)
}

extension Refusal: CustomStringConvertible {
    var description: String {
        switch self {
        case .signature(let failure):
            failure.description
        case .conflict(let version):
            "There are two different versions \(version): somebody changed what was published."
        case .foreignEpoch(let epoch, let own):
            "It belongs to another store (epoch \(epoch), this watcher follows \(own)). Check the address; after a restore "
                + "run `configbus admin new-epoch`, or accept what the registry has with reload(force: true)."
        case .registryBehind(let version, let proven):
            "The registry answers with version \(version), but version \(proven) was proven before. After a restore run "
                + "`configbus admin new-epoch`, or accept what the registry has with reload(force: true)."
        case .unknownToRegistry(let proven):
            "The registry does not know this document, of which version \(proven) was proven before; unknown is not "
                + "deleted. Check the address of the registry."
        }
    }
}
