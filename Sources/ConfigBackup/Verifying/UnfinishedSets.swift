import ConfigModel
import ConfigStore

/// The change sets of which some members were met, and others not yet.
struct UnfinishedSets {
    private struct Entry {
        let set: ChangeSet
        let line: Int
        var seen: Int
    }

    private var entries: [String: Entry] = [:]

    /// Takes a member of a set, which was proven to be in it.
    mutating func take(_ set: ChangeSet, line: Int) {
        guard set.members.count > 1 else { return }
        let seen = (entries[set.id]?.seen ?? 0) + 1
        entries[set.id] =
            seen == set.members.count ? nil : Entry(set: set, line: entries[set.id]?.line ?? line, seen: seen)
    }

    /// The line of the first set that is not whole; nil when all are.
    ///
    /// - Parameter pruned: members up to these versions were not kept.
    func firstBroken(_ pruned: [DocumentKey: Int64]) -> (line: Int, id: String)? {
        let broken = entries.values.filter { entry in
            let gone = entry.set.members.count { Self.isPruned($0, pruned) }
            return entry.seen + gone < entry.set.members.count
        }
        return broken.min { $0.line < $1.line }.map { ($0.line, $0.set.id) }
    }

    private static func isPruned(_ member: String, _ pruned: [DocumentKey: Int64]) -> Bool {
        guard !pruned.isEmpty, let identity = VersionIdentity(member: member) else { return false }
        return identity.version <= pruned[identity.key] ?? 0
    }
}

extension VersionIdentity {
    /// Reads a member of a change set, `service/environment@version`, those of reserved environments too.
    init?(member: String) {
        let parts = member.split(separator: "@")
        guard parts.count == 2, let version = Int64(parts[1]), let slash = parts[0].firstIndex(of: "/"),
            let key = try? DocumentKey(
                storedService: String(parts[0][..<slash]),
                environment: String(parts[0][parts[0].index(after: slash)...]))
        else { return nil }
        self.init(key: key, version: version)
    }
}
