/// What a backup holds that was read to its end and holds.
package struct BackupSummary: Sendable, Equatable {
    /// The first line.
    package let header: BackupHeader
    /// The last line.
    package let trailer: BackupTrailer
    /// How many versions are not in it, because the store did not keep them.
    package let prunedVersions: Int64
    /// The keys that signatures of versions name, in order.
    package let keyIDs: [String]
    /// How many versions are not signed.
    package let unsigned: Int
}
