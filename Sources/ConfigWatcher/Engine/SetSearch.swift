import ConfigModel
import WatcherCore

/// Finds what has to go on together with a held reload.
struct SetSearch {
    /// A member of a set that a reload has to wait for.
    struct Missing {
        let key: DocumentKey
        let version: Int64
        let set: OpenSets.OpenSet
        let pipeline: WatchPipeline
        let standing: SetStanding
    }

    let held: [ObjectIdentifier: SetGate.Member]
    let open: OpenSets
    let followers: (DocumentKey) -> [WatchPipeline]
    private(set) var members: [SetGate.Member] = []
    private(set) var missing: [Missing] = []
    private var seen: Set<ObjectIdentifier> = []
    private var pending: [SetGate.Member] = []
    private var seenSets: Set<String> = []

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

    /// What is waited for, in one sentence.
    var reason: String {
        let names = Set(missing.map { "\($0.key)@\($0.version)" }).sorted()
        let shown = names.prefix(3).joined(separator: ", ") + (names.count > 3 ? " and \(names.count - 3) more" : "")
        return "It was published together with \(shown), and waits until that can be applied too."
    }

    private mutating func join(_ id: ObjectIdentifier) {
        guard let member = held[id], seen.insert(id).inserted else { return }
        pending.append(member)
    }

    private mutating func look(at set: OpenSets.OpenSet) {
        for (key, version) in set.members {
            for pipeline in followers(key) {
                if held[pipeline.id]?.job.layers.reach(key, version, set.epoch) ?? false {
                    join(pipeline.id)
                    continue
                }
                let standing = pipeline.inspect { $0.standing(of: key, version: version, epoch: set.epoch) }
                guard standing != .settled else { continue }
                missing.append(
                    Missing(key: key, version: version, set: set, pipeline: pipeline, standing: standing))
            }
        }
    }
}
