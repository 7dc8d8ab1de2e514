import AsyncSupport
import ConfigModel
import Logging
import RegistryClient

/// Follows the registry's streams of server-sent events, one for each environment.
struct StreamFeed: EventFeed {
    let engine: WatchEngine

    func run(_ plan: SubscriptionPlan) async {
        await withDiscardingTaskGroup { group in
            for selection in plan.selections {
                group.addTask { await follow(selection) }
            }
        }
    }

    private func follow(_ selection: WatchSelection) async {
        var backoff = Self.newBackoff()
        var mayTellKnown = true
        while !Task.isCancelled {
            var stream = RegistryStream(engine: engine, selection: selection, tellsKnown: mayTellKnown)
            do {
                try await engine.registry.watch(selection, known: stream.known) { message in
                    try stream.take(message)
                    guard stream.isSynced else { return }
                    backoff.reset()
                    engine.conditions.registryAnswered()
                    engine.conditions.sourceStands()
                }
            } catch is RegistryStream.OtherEpoch {
                mayTellKnown = false
                continue
            } catch {
                guard !Task.isCancelled else { return }
                lost(error, stood: stream.isSynced)
            }
            mayTellKnown = true
            do { try await Task.sleep(for: backoff.next()) } catch { return }
        }
    }

    /// A stream that stood and ends is normal: registries are restarted. One that cannot be had is worth a word.
    private func lost(_ error: any Error, stood: Bool) {
        if !stood, let error = error as? RegistryClientError {
            switch error.code {
            case .unreachable, .unauthorized, .forbidden: engine.conditions.registryFailed(error)
            // It may well answer when it is asked.
            default: engine.conditions.sourceFailed(error.message)
            }
        }
        engine.interrupted(by: "stream", "\(error)")
    }
}

/// One connection to the registry's stream.
struct RegistryStream {
    /// The versions that were told as known belong to another epoch than the registry's.
    struct OtherEpoch: Error {}

    let engine: WatchEngine
    let selection: WatchSelection
    /// What the registry need not tell again.
    let known: [DocumentKey: Int64]
    private let knownEpoch: Epoch?
    /// All heads were told.
    private(set) var isSynced = false
    /// What was damaged when the registry spoke last, until it says what it knows about the others.
    private var damage: (named: [DocumentKey: Int64], isComplete: Bool) = ([:], true)

    init(engine: WatchEngine, selection: WatchSelection, tellsKnown: Bool) {
        self.engine = engine
        self.selection = selection
        let versions = tellsKnown ? engine.confirmedVersions(in: selection) : [:]
        let epochs = Set(versions.values.map(\.epoch))
        known = epochs.count == 1 ? versions.mapValues(\.version) : [:]
        knownEpoch = epochs.count == 1 ? epochs.first : nil
    }

    mutating func take(_ message: WatchMessage) throws(OtherEpoch) {
        switch message {
        case .event(let event):
            for pipeline in engine.followers(of: event.key) { pipeline.receive(.told(event)) }
        case .synced(let epoch, _):
            guard knownEpoch == nil || knownEpoch == epoch else { throw OtherEpoch() }
            isSynced = true
            // A document that was not named may be among the damaged ones, so that the registry has to be asked.
            tell(unnamed: .subscribed) { .synced(epoch, $0) }
        case .damaged(let named, let isComplete):
            damage = (named, isComplete)
        case .proof(let age):
            guard isSynced else { return }
            tell(unnamed: nil) { .proved(age: age, $0) }
        }
    }

    /// Passes on what the registry said about all documents but the damaged ones.
    ///
    /// - Parameter unnamed: what is passed on instead when not all damaged documents were named.
    private mutating func tell(unnamed: WatchInput?, _ input: (DocumentKey) -> WatchInput) {
        defer { damage = ([:], true) }
        for key in engine.documents where selection.includes(key) {
            let news =
                if let version = damage.named[key] { WatchInput.damaged(version, key) } else {
                    damage.isComplete ? input(key) : unnamed
                }
            guard let news else { continue }
            for pipeline in engine.followers(of: key) { pipeline.receive(news) }
        }
    }
}
