import ConfigModel

/// Why something that a source sent was refused.
enum Refusal: Sendable, Equatable {
    /// Trusted keys are configured, and none of them signed it.
    case signature(SignatureFailure)
    /// It says something else about a version that is already proven.
    case conflict(version: Int64)
    /// It belongs to a store of the same rank as the one this watcher follows.
    case foreignEpoch(Epoch, own: Epoch)
    /// It belongs to an epoch that was replaced by the one that this watcher follows.
    case smallerEpoch(Epoch, own: Epoch)
    /// Trusted keys are configured, and none of them signed that this epoch counts; `own` is nil at a first start.
    case unsignedEpoch(Epoch, own: Epoch?, SignatureFailure)
    /// The registry answers with less than what is proven.
    case registryBehind(version: Int64, proven: Int64)
    /// The registry does not know a document that was proven to exist.
    case unknownToRegistry(proven: Int64)
    /// What the registry's store holds of the newest version does not fit its hashes or types, so that it is not served.
    case damaged(version: Int64)
    /// It is none that can be read.
    case unreadable(reason: String)
}

extension Refusal {
    /// True for what the registry's store or address is like at present, as against what is wrong with one version.
    var isAboutState: Bool {
        switch self {
        case .foreignEpoch, .smallerEpoch, .unsignedEpoch, .registryBehind, .unknownToRegistry, .damaged: true
        case .signature, .conflict, .unreadable: false
        }
    }

    /// True when the registry has another history than the one that was proven, the number of a version included.
    var isAboutHistory: Bool {
        if case .conflict = self { true } else { isAboutEpoch }
    }

    /// True when the registry serves another history than the one that is followed, so that nothing it sends shows whether
    /// what runs is the newest.
    var isAboutEpoch: Bool {
        switch self {
        case .foreignEpoch, .smallerEpoch, .unsignedEpoch: true
        case .signature, .conflict, .registryBehind, .unknownToRegistry, .damaged, .unreadable: false
        }
    }
}

extension Refusal {
    /// The same for a program.
    var kind: RejectionKind {
        switch self {
        case .signature: .signature
        case .conflict: .conflict
        case .foreignEpoch, .smallerEpoch, .unsignedEpoch: .epoch
        case .registryBehind, .unknownToRegistry, .damaged, .unreadable: .registry
        }
    }
}

extension Refusal: CustomStringConvertible {
    var description: String {
        switch self {
        case .signature(let failure):
            failure.description
        case .conflict(let version):
            "There are two different versions \(version): what was published was changed afterwards."
        case .foreignEpoch(let epoch, let own):
            "It belongs to another store (epoch \(epoch), this watcher follows \(own)). Check the address; after a restore "
                + "run `configbus admin new-epoch`, or accept what the registry has with reload(force: true) or a start "
                + "without the cache."
        case .smallerEpoch(let epoch, let own):
            "The registry's store has the epoch \(epoch), an earlier one than \(own), which this watcher follows: a backup was "
                + "restored and `configbus admin new-epoch` was not run, or this is the address of another registry. Run "
                + "`configbus admin new-epoch` on the restored store, or accept what the registry has with reload(force: true) "
                + "or a start without the cache."
        case .unsignedEpoch(let epoch, let own, let failure):
            "The registry's store has the epoch \(epoch)"
                + (own.map { ", and this watcher follows \($0)" } ?? ", in which this version was not written")
                + ": no trusted key signed that it counts. \(failure.reason) Run `configbus admin new-epoch --signing-key FILE` "
                + "with a trusted key, or accept what the registry has with reload(force: true) or a start "
                + "without the cache."
        case .registryBehind(let version, let proven):
            "The registry answers with version \(version), but version \(proven) was proven before. After a restore run "
                + "`configbus admin new-epoch`, or accept what the registry has with reload(force: true) or a start "
                + "without the cache."
        case .unknownToRegistry(let proven):
            "The registry does not know this document, of which version \(proven) was proven before; unknown is not "
                + "deleted. Check the address of the registry."
        case .damaged(let version):
            "The newest version, \(version), is damaged in the registry's store and is not served; what ran before runs on. "
                + "Publish the document again, or restore the store from a backup."
        case .unreadable(let reason): reason
        }
    }
}
