import ConfigModel

/// Where a version stands against the newest proven one.
enum Place: Sendable, Equatable {
    /// Nothing is known yet.
    case first
    case newer
    case same
    case older
    case largerEpoch
    case smallerEpoch
    /// Another store of the same rank.
    case foreignEpoch
}

extension ProofState {
    func place(epoch: Epoch, version: Int64) -> Place {
        guard let newest else { return .first }
        if epoch == newest.epoch {
            return version == newest.version ? .same : version > newest.version ? .newer : .older
        }
        if epoch.number == newest.epoch.number { return .foreignEpoch }
        return epoch.number > newest.epoch.number ? .largerEpoch : .smallerEpoch
    }
}
