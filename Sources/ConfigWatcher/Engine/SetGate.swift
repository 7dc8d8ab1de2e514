import ConfigModel
import Synchronization
import WatcherCore

/// Holds reloads of versions that were published together until all of those that the group follows can be made.
///
/// A set that a held version, or a version in its place, belongs to is open until each member runs at its number or a newer
/// one. A reload goes on when for every open set that it is about each other member runs already or is held here too; all
/// that it takes go on together. What is newer than a member of a set that was refused goes on by itself. Nothing is decided
/// here about documents that belong to no open set.
///
/// A change of one watcher costs one look at each member of its sets, however many sets of the same documents came before.
final class SetGate: Sendable {
    /// A watcher's reload.
    struct Member: Sendable {
        let pipeline: WatchPipeline
        var job: ReloadJob
        /// It could not go on when it was looked at.
        var hasWaited = false
    }

    /// What follows from a change, to be done outside of the lock.
    struct Effects: Sendable {
        var notices: [(WatchPipeline, WatchInput)] = []
        /// Reloads that go on, those of one array together.
        var batches: [[Member]] = []
    }

    struct State {
        var held: [ObjectIdentifier: Member] = [:]
        var open = OpenSets()
        /// How often a watcher was looked at because of another.
        var looks = 0
    }

    /// The watchers that follow a document.
    private let followers: @Sendable (DocumentKey) -> [WatchPipeline]
    private let begin: @Sendable ([Member]) -> Void
    private let state = Mutex(State())

    /// - Parameters:
    ///   - followers: the watchers that follow a document.
    ///   - begin: makes reloads together.
    init(
        followers: @escaping @Sendable (DocumentKey) -> [WatchPipeline], begin: @escaping @Sendable ([Member]) -> Void
    ) {
        self.followers = followers
        self.begin = begin
    }

    /// A watcher wants to make a reload.
    func admit(_ job: ReloadJob, of pipeline: WatchPipeline) {
        let member = Member(pipeline: pipeline, job: job)
        let effects = state.withLock { state -> Effects? in
            // What an operator wants of one document is done to that document.
            guard job.kind == .reload else { return nil }
            state.open.add(job.layers)
            guard state.open.join(job.layers, pipeline.id) else { return nil }
            state.held[pipeline.id] = member
            return decide(pipeline.id, &state).effects
        }
        guard let effects else { return begin([member]) }
        perform(effects)
    }

    /// A watcher does not want that any more, if it has not begun.
    func withdraw(_ number: Int, of pipeline: WatchPipeline) {
        let isHeld = state.withLock { state in
            guard state.held[pipeline.id]?.job.number == number else { return false }
            state.held[pipeline.id] = nil
            return true
        }
        if isHeld { pipeline.receive(.changeSet(.withdrawn(job: number))) }
    }

    /// A watcher's reload was refused for a reason of its own: until it has another version, what is newer than other
    /// members of its sets does not wait for it.
    func refused(_ member: Member) {
        state.withLock { $0.open.refuse(member.job.layers, of: member.pipeline.id) }
    }

    /// Something happened to a watcher that others may wait for.
    func changed(_ pipeline: WatchPipeline) {
        let effects = state.withLock { state -> Effects in
            var effects = Effects()
            guard !state.open.isEmpty else { return effects }
            var seen: Set<ObjectIdentifier> = []
            for set in state.open.naming(pipeline.documents) {
                let own = pipeline.documents.compactMap { key in set.member(key).map { pipeline.standing(of: key, $0) }
                }
                while let next = held(in: set, &state, besides: seen) {
                    let decision = decide(next, &state)
                    effects.add(decision.effects)
                    seen.formUnion(decision.about)
                }
                guard own.allSatisfy({ $0 == .settled }) else { continue }
                state.open.forgive(pipeline.id, in: set)
                if isSettled(set, &state) { state.open.remove(set) }
            }
            return effects
        }
        perform(effects)
    }

    /// A watcher ended.
    func remove(_ pipeline: WatchPipeline) {
        state.withLock { $0.held[pipeline.id] = nil }
        changed(pipeline)
    }

    private func perform(_ effects: Effects) {
        for (pipeline, notice) in effects.notices { pipeline.receive(notice) }
        for batch in effects.batches { begin(batch) }
    }
}

// MARK: - Deciding

extension SetGate {
    /// Lets a held reload go on with those that belong to it, or says what it waits for.
    ///
    /// - Returns: what follows, and about which watchers that was decided.
    private func decide(
        _ id: ObjectIdentifier, _ state: inout State
    ) -> (effects: Effects, about: [ObjectIdentifier]) {
        let (members, missing) = search(from: id, &state)
        var effects = Effects()
        guard missing.isEmpty else {
            let reason = missing.reason
            for member in members { state.held[member.pipeline.id]?.hasWaited = true }
            // While many are missing the others need not know how many.
            for member in members where missing.count <= 3 || member.pipeline.id == id {
                effects.notices.append(
                    (member.pipeline, .changeSet(.held(job: member.job.number, reason: reason))))
            }
            for member in missing { request(member, &state, &effects) }
            return (effects, members.map(\.pipeline.id))
        }
        var batch = members.sorted { $0.pipeline.key < $1.pipeline.key }
        // What one waited for, or makes together with others, it makes because the set is complete.
        for index in batch.indices where batch.count > 1 || batch[index].hasWaited {
            batch[index].job = batch[index].job.ofCompleteSet
        }
        for member in batch {
            state.held[member.pipeline.id] = nil
            effects.notices.append((member.pipeline, .changeSet(.begun(job: member.job.number))))
        }
        effects.batches.append(batch)
        return (effects, batch.map(\.pipeline.id))
    }

    private func search(
        from id: ObjectIdentifier, _ state: inout State
    ) -> (members: [Member], missing: [SetSearch.Missing]) {
        var search = SetSearch(held: state.held, open: state.open, followers: followers)
        search.begin(at: id)
        state.looks += search.looks
        return (search.members, search.missing)
    }

    /// A watcher whose reload waits for the set and was not decided about yet.
    private func held(
        in set: OpenSets.OpenSet, _ state: inout State, besides seen: Set<ObjectIdentifier>
    ) -> ObjectIdentifier? {
        for key in set.documents {
            guard let member = set.member(key) else { continue }
            for follower in followers(key) where !seen.contains(follower.id) {
                if state.held[follower.id]?.job.layers.reach(key, member) ?? false { return follower.id }
            }
        }
        return nil
    }

    /// Asks for what a reload waits for; each version once.
    private func request(_ missing: SetSearch.Missing, _ state: inout State, _ effects: inout Effects) {
        switch missing.standing {
        case .older:
            guard state.open.request(missing.key, missing.member, of: missing.set, missing.pipeline.id) else { return }
            effects.notices.append((missing.pipeline, .source(.mayHaveChanged(isFresh: true), missing.key)))
        case .refused: effects.notices.append((missing.pipeline, .changeSet(.reconsider)))
        // It comes as soon as it was read, and its watcher has nothing else to do.
        case .unread, .proven, .settled: break
        }
    }

    private func isSettled(_ set: OpenSets.OpenSet, _ state: inout State) -> Bool {
        set.documents.allSatisfy { key in
            guard let member = set.member(key) else { return true }
            return followers(key).allSatisfy { follower in
                state.looks += 1
                return follower.standing(of: key, member) == .settled
            }
        }
    }
}

extension SetGate {
    /// What was done until now, and what is open.
    var figures: (looks: Int, openSets: Int) { state.withLock { ($0.looks, $0.open.count) } }
}

extension SetGate.Effects {
    mutating func add(_ other: SetGate.Effects) {
        notices += other.notices
        batches += other.batches
    }
}
