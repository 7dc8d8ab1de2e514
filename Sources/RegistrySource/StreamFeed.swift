import AsyncSupport
import ConfigModel
import ConfigWatcher
import Logging
import RegistryAPI
import RegistryClient

/// Follows the registry's streams of server-sent events, one for each environment.
struct StreamFeed: FeedSubscriber {
    let registry: any RegistryReading
    let feed: SourceFeed

    var sendsHeads: Bool { true }

    func parts(of plan: SubscriptionPlan) -> [SubscriptionPart] { plan.byEnvironment }

    func run(_ subscription: Subscription) async {
        guard let selection = subscription.part.selections.first else { return }
        var backoff = Backoff.subscribing
        var restart = StreamRestart()
        var mayNameKnown = true
        while !Task.isCancelled {
            var stream = RegistryStream(feed: feed, selection: selection, namesKnown: mayNameKnown)
            let begin = ContinuousClock.now
            let pause: Duration?
            do {
                try await registry.watch(selection, known: stream.known) { message in
                    try stream.take(message)
                    guard stream.isSynced else { return }
                    backoff.reset()
                    feed.registryResponded()
                    feed.stands()
                    _ = subscription.stands()
                    feed.listed(subscription.part.covers)
                }
                pause = backoff.next()
            } catch is RegistryStream.OtherEpoch {
                mayNameKnown = false
                continue
            } catch let end as RegistryStream.Ended {
                feed.logger?.debug("the registry ended a stream", metadata: ["reason": "\(end.reason)"])
                pause = restart.pause(begunAt: begin, at: .now)
            } catch {
                guard !Task.isCancelled else { return }
                lost(error, stood: stream.isSynced)
                pause = backoff.next()
            }
            subscription.interrupted()
            mayNameKnown = true
            guard let pause else { continue }
            do { try await Task.sleep(for: pause) } catch { return }
        }
    }

    /// A stream that stood and ends is normal: registries are restarted. One that is not granted is worth a word.
    private func lost(_ error: any Error, stood: Bool) {
        if !stood, let error = error as? RegistryClientError { feed.failed(SourceFailure(ofStream: error)) }
        feed.interrupted("stream", reason: "\(error)", level: stood ? .info : .debug)
    }
}

/// One connection to the registry's stream.
struct RegistryStream {
    /// The versions that were named as known belong to another epoch than the registry's.
    struct OtherEpoch: Error {}

    /// The client's credential does not count any more.
    struct Ended: Error {
        let reason: String
    }

    let feed: SourceFeed
    let selection: WatchSelection
    /// What the registry need not send again.
    let known: [DocumentKey: Int64]
    private let knownEpoch: Epoch?
    /// All heads were sent.
    private(set) var isSynced = false
    /// What was damaged when the registry spoke last, until it says what it knows about the others.
    private var damage: (named: [DocumentKey: Int64], isComplete: Bool) = ([:], true)

    init(feed: SourceFeed, selection: WatchSelection, namesKnown: Bool) {
        self.feed = feed
        self.selection = selection
        var versions: [DocumentKey: DocumentVersion] = [:]
        if namesKnown {
            for key in feed.documents where selection.includes(key) { versions[key] = feed.confirmedVersion(of: key) }
        }
        let epochs = Set(versions.values.map(\.epoch))
        known = epochs.count == 1 ? versions.mapValues(\.version) : [:]
        knownEpoch = epochs.count == 1 ? epochs.first : nil
    }

    /// - Throws: `OtherEpoch` or `Ended`.
    mutating func take(_ message: WatchMessage) throws {
        switch message {
        case .event(let event):
            feed.send(.served(event), to: event.key)
        case .synced(let epoch, _):
            guard knownEpoch == nil || knownEpoch == epoch else { throw OtherEpoch() }
            isSynced = true
            // A document that was not named may be among the damaged ones, so that it has to be read.
            send(unnamed: .mayHaveChanged(isFresh: true), .synced(epoch))
        case .damaged(let named, let isComplete):
            damage = (named, isComplete)
        case .proof(let age):
            guard isSynced else { return }
            send(unnamed: nil, .proved(age: age))
        case .ended(let reason):
            throw Ended(reason: reason)
        }
    }

    /// Passes on what the registry said about all documents but the damaged ones.
    ///
    /// - Parameter unnamed: what is passed on instead when not all damaged documents were named.
    private mutating func send(unnamed: SourceEvent?, _ event: SourceEvent) {
        defer { damage = ([:], true) }
        for key in feed.documents where selection.includes(key) {
            if let version = damage.named[key] {
                feed.send(.damaged(version: version), to: key)
            } else if let event = damage.isComplete ? event : unnamed {
                feed.send(event, to: key)
            }
        }
    }
}
