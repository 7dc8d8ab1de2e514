import ConfigModel
import WatcherCore

/// Which of several reloads cannot be made without which others: those that their own versions were published with. A version
/// that only took the place of a member can.
struct SetBonds {
    /// What a reload cannot be made without.
    struct Lack {
        /// Whose reload that is.
        let member: Int
        /// The version, and what it has to do with the reload.
        let description: String
    }

    private let members: [SetGate.Member]
    /// What each set names.
    private let sets: [String: [DocumentKey: Int64]]

    init(_ members: [SetGate.Member]) {
        self.members = members
        var sets: [String: [DocumentKey: Int64]] = [:]
        for member in members {
            for case let set? in Layer.allCases.map({ member.job.layers[$0]?.changeSet }) where sets[set.id] == nil {
                sets[set.id] = Dictionary(set.versions.map { ($0.key, $0.version) }, uniquingKeysWith: { $1 })
            }
        }
        self.sets = sets
    }

    /// Those that cannot be made when one is not, directly or because of others; the last first.
    func dependents(of culprit: Int) -> [(index: Int, lack: Lack)] {
        var found: [Int: Lack] = [:]
        var pending = [culprit]
        while !pending.isEmpty {
            let missing = pending.removeFirst()
            for index in members.indices where index != culprit && found[index] == nil {
                guard let lack = lack(of: index, without: missing) else { continue }
                found[index] = lack
                pending.append(index)
            }
        }
        return found.sorted { $0.key > $1.key }.map { ($0.key, $0.value) }
    }

    private func lack(of index: Int, without missing: Int) -> Lack? {
        let (own, other) = (members[index].job.layers, members[missing])
        for layer in Layer.allCases {
            guard let document = own[layer], let set = document.changeSet.flatMap({ sets[$0.id] }) else { continue }
            for place in Layer.allCases {
                guard let version = other.job.layers[place], let number = set[version.key] else { continue }
                let member = OpenSets.Member(version: number, epoch: document.recordEpoch)
                // Without the reload it runs that too.
                guard other.pipeline.standing(of: version.key, member) != .settled else { continue }
                return Lack(member: missing, description: Self.describe(version, insteadOf: member))
            }
        }
        return nil
    }

    private static func describe(_ version: DocumentVersion, insteadOf member: OpenSets.Member) -> String {
        let (key, number) = (version.key, version.version)
        guard number == member.version, version.recordEpoch == member.epoch else {
            return "\(key)@\(number), in the place of \(key)@\(member.version), which was published together with it"
        }
        return "\(key)@\(number), which was published together with it"
    }
}
