package import ConfigModel
package import ConfigSignatures
import ConfigStore

/// The epoch that a restored store has: another history counts from then on.
package struct RestoredEpoch: Sendable, Equatable {
    /// The epoch.
    package let epoch: Epoch
    /// The signed statement about it, when there was a key.
    package let statement: EpochStatement?

    /// Makes the epoch.
    ///
    /// - Parameters:
    ///   - number: the wanted number, up to `Epoch.largestGiven`; nil for the larger of the next one and the seconds since 1970, so that two restores of
    ///     one backup do not share one.
    ///   - signer: required where versions are signed.
    ///   - isSameSite: true when the store takes the place of the one that the backup is of, so that it may have its key.
    package init(
        after backup: BackupSummary, number: Int64? = nil, signer: RecordSigner?, isSameSite: Bool, at now: Timestamp
    ) throws(RestoreError) {
        let before = backup.header.epoch
        guard signer != nil || backup.header.signing != .required else { throw .keyIsMissing }
        if let signer, backup.keyIDs.contains(signer.keyID), !isSameSite { throw .sameKey(signer.keyID) }
        guard let next = before.next(at: now), number ?? next.number > before.number else {
            throw .epoch(before.number)
        }
        if let number, number > Epoch.largestGiven { throw .largeEpoch(number) }
        let epoch = Epoch(number: number ?? next.number, identifier: next.identifier)
        do throws(SigningError) {
            statement = try signer.map { signer throws(SigningError) in
                try EpochStatement(epoch: epoch, previous: before, at: now, reason: "restore", signer: signer)
            }
        } catch {
            throw .notSigned(error.description)
        }
        self.epoch = epoch
    }
}
