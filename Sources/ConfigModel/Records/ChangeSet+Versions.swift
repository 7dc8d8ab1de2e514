extension ChangeSet {
    /// The members, read; what names no document is left out.
    package var versions: [(key: DocumentKey, version: Int64)] {
        members.compactMap { member in
            let parts = member.split(separator: "@")
            guard parts.count == 2, let version = Int64(parts[1]), let key = try? DocumentKey(parsing: String(parts[0]))
            else { return nil }
            return (key, version)
        }
    }
}
