import ConfigModel
import WatcherCore

/// Finds what has to go on together with a held reload. Its cost is the number of members of the sets that lead to each
/// other.
struct SetSearch {
    /// A member of a set that a reload has to wait for.
    struct Missing {
        let key: DocumentKey
        let member: OpenSets.Member
        let set: OpenSets.OpenSet
        let pipeline: WatchPipeline
        let standing: SetStanding
    }

    let held: [ObjectIdentifier: SetGate.Member]
    let open: OpenSets
    let followers: (DocumentKey) -> [WatchPipeline]
    private(set) var members: [SetGate.Member] = []
    private(set) var missing: [Missing] = []
    /// How many watchers were looked at.
    private(set) var looks = 0
    private var seen: Set<ObjectIdentifier> = []
    private var pending: [SetGate.Member] = []
    private var seenSets: Set<Int> = []

    init(
        held: [ObjectIdentifier: SetGate.Member], open: OpenSets, followers: @escaping (DocumentKey) -> [WatchPipeline]
    ) {
        self.held = held
        self.open = open
        self.followers = followers
    }

    /// Looks from one reload on, over all sets that lead to others.
    mutating func begin(at id: ObjectIdentifier) {
        join(id)
        while let member = pending.popLast() {
            members.append(member)
            for set in open.about(member.job.layers) where seenSets.insert(set.id).inserted { look(at: set) }
        }
    }

    private mutating func join(_ id: ObjectIdentifier) {
        guard let member = held[id], seen.insert(id).inserted else { return }
        pending.append(member)
    }

    private mutating func look(at set: OpenSets.OpenSet) {
        for key in set.documents {
            guard let member = set.member(key) else { continue }
            for pipeline in followers(key) {
                looks += 1
                if held[pipeline.id]?.job.layers.reach(key, member) ?? false {
                    join(pipeline.id)
                    continue
                }
                let standing = pipeline.standing(of: key, member)
                guard standing != .settled else { continue }
                missing.append(
                    Missing(key: key, member: member, set: set, pipeline: pipeline, standing: standing))
            }
        }
    }
}

extension [SetSearch.Missing] {
    /// What is waited for, in one sentence.
    var reason: String {
        var named: [String] = []
        var keys: Set<DocumentKey> = []
        for missing in self where keys.insert(missing.key).inserted && named.count < 3 {
            named.append("\(missing.key)@\(missing.member.version)")
        }
        let shown = named.joined(separator: ", ") + (keys.count > 3 ? " and \(keys.count - 3) more" : "")
        return "It was published together with \(shown), and waits until that can be applied too."
    }
}

extension WatchPipeline {
    /// Where it stands with what a set names of one of its documents.
    func standing(of key: DocumentKey, _ member: OpenSets.Member) -> SetStanding {
        inspect { $0.standing(of: key, version: member.version, epoch: member.epoch) }
    }
}
