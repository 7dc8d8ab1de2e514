import ConfigModel
import Synchronization
import WatcherCore

/// Holds reloads of versions that were published together until all of those that the group follows can be made.
///
/// A set that a held version, or a version in its place, belongs to is open until each member runs at its number or a newer
/// one. A reload goes on when for every open set that it is about each other member runs already or is held here too; all
/// that it takes go on together. Nothing is decided here about documents that belong to no open set.
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
            guard !state.open.about(job.layers).isEmpty else { return nil }
            state.held[pipeline.id] = member
            return decide(pipeline.id, &state)
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

    /// Something happened to a watcher that others may wait for.
    func changed(_ pipeline: WatchPipeline) {
        let effects = state.withLock { state -> Effects in
            var effects = Effects()
            guard !state.open.isEmpty else { return effects }
            for set in state.open.naming(pipeline.documents) {
                for (key, version) in set.members {
                    for follower in followers(key) {
                        guard let held = state.held[follower.id], held.job.layers.reach(key, version, set.epoch) else {
                            continue
                        }
                        effects.add(decide(follower.id, &state))
                    }
                }
                if isSettled(set) { state.open.remove(set) }
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
    private func decide(_ id: ObjectIdentifier, _ state: inout State) -> Effects {
        var search = SetSearch(held: state.held, open: state.open, followers: followers)
        search.begin(at: id)
        var effects = Effects()
        guard search.missing.isEmpty else {
            let reason = search.reason
            for member in search.members { state.held[member.pipeline.id]?.hasWaited = true }
            // While many are missing the others need not know how many.
            for member in search.members where search.missing.count <= 3 || member.pipeline.id == id {
                effects.notices.append(
                    (member.pipeline, .changeSet(.held(job: member.job.number, reason: reason))))
            }
            for missing in search.missing { request(missing, &state, &effects) }
            return effects
        }
        var batch = search.members.sorted { $0.pipeline.key < $1.pipeline.key }
        // What one waited for, or makes together with others, it makes because the set is complete.
        for index in batch.indices where batch.count > 1 || batch[index].hasWaited {
            batch[index].job = batch[index].job.ofCompleteSet
        }
        for member in batch {
            state.held[member.pipeline.id] = nil
            effects.notices.append((member.pipeline, .changeSet(.begun(job: member.job.number))))
        }
        effects.batches.append(batch)
        return effects
    }

    /// Asks for what a reload waits for; each version once.
    private func request(_ missing: SetSearch.Missing, _ state: inout State, _ effects: inout Effects) {
        switch missing.standing {
        case .older:
            guard state.open.request(missing.key, of: missing.set, missing.pipeline.id) else { return }
            effects.notices.append((missing.pipeline, .source(.mayHaveChanged(isFresh: true), missing.key)))
        case .refused: effects.notices.append((missing.pipeline, .changeSet(.reconsider)))
        // It comes as soon as it was read, and its watcher has nothing else to do.
        case .unread, .proven, .settled: break
        }
    }

    private func isSettled(_ set: OpenSets.OpenSet) -> Bool {
        set.members.allSatisfy { key, version in
            followers(key).allSatisfy { follower in
                follower.inspect { $0.standing(of: key, version: version, epoch: set.epoch) } == .settled
            }
        }
    }
}

extension SetGate.Effects {
    mutating func add(_ other: SetGate.Effects) {
        notices += other.notices
        batches += other.batches
    }
}
