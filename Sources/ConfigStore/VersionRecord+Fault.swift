package import ConfigModel

extension VersionIdentity {
    /// Behind the last of them there is room for no other.
    package static let possibleVersions: ClosedRange<Int64> = 1...(.max - 1)
}

extension VersionRecord {
    /// What is wrong with a record as it was read from a store, whose content was compared with its hash before; nil when it
    /// holds.
    package var fault: String? {
        if !VersionIdentity.possibleVersions.contains(version) { return "its version is no possible number" }
        if Timestamp(parsing: createdAt.description) == nil { return "'created_at' is no time of the years 0 to 9999" }
        if recordHash != computedRecordHash { return "'record_hash' does not match the other fields" }
        return nil
    }
}
