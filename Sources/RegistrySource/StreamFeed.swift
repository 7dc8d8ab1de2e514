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
        guard let whole = subscription.part.selections.first else { return }
        var selection = StreamSelection(whole)
        var backoff = Backoff.subscribing
        var restart = StreamRestart()
        while !Task.isCancelled {
            var stream = RegistryStream(feed: feed, selection: selection.present, namesKnown: selection.namesKnown)
            let begin = ContinuousClock.now
            let pause: Duration?
            do {
                try await registry.watch(stream.selection, known: stream.known) { message in
                    try stream.take(message)
                    guard stream.isSynced else { return }
                    backoff.reset()
                    feed.registryResponded()
                    feed.stands()
                    _ = subscription.stands()
                    feed.listed(subscription.part.covers)
                    if selection.takeIn(isRefused) { throw RegistryStream.Ended(reason: "granted") }
                }
                pause = backoff.next()
            } catch is RegistryStream.OtherEpoch {
                selection.namesKnown = false
                continue
            } catch let end as RegistryStream.Ended {
                feed.logger?.debug("a stream is opened anew", metadata: ["reason": "\(end.reason)"])
                pause = restart.pause(begunAt: begin, at: .now)
            } catch {
                guard !Task.isCancelled else { return }
                if !stream.isSynced, let key = refusedDocument(error) {
                    if selection.leaveOut(key) { continue }
                } else {
                    lost(error, whole, stood: stream.isSynced)
                }
                pause = backoff.next()
            }
            subscription.interrupted()
            selection.namesKnown = true
            guard let pause else { continue }
            do { try await Task.sleep(for: pause) } catch { return }
        }
    }

    /// The document because of which a stream is refused, when there is one; it is read by itself from now on.
    private func refusedDocument(_ error: any Error) -> DocumentKey? {
        guard let error = error as? RegistryClientError, let key = error.refusedDocument else { return nil }
        if feed.follows(key) { feed.refused(key, SourceFailure(error)) }
        return key
    }

    /// What is not followed any more stays left out.
    private func isRefused(_ key: DocumentKey) -> Bool { !feed.follows(key) || feed.isRefused(key) }

    /// A stream that stood and ends is normal: registries are restarted. One that is not granted is worth a word.
    private func lost(_ error: any Error, _ selection: WatchSelection, stood: Bool) {
        if !stood, let error = error as? RegistryClientError { feed.failed(SourceFailure(ofStream: error)) }
        feed.interrupted(
            "stream", reason: "\(error)", level: stood ? .info : .debug, concerns: { selection.includes($0) })
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
    /// What the registry has sent so far, where it decides by itself what the client may read.
    private var sent: Set<DocumentKey> = []
    /// What it said nothing about when it had sent all heads, and nothing since: there is no such document, or it is not
    /// granted.
    private var unnamed: Set<DocumentKey> = []
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
            note(event.key)
            feed.send(.served(event), to: event.key)
        case .synced(let epoch, _):
            guard knownEpoch == nil || knownEpoch == epoch else { throw OtherEpoch() }
            if !isSynced { findUnnamed() }
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

    private mutating func note(_ key: DocumentKey) {
        feed.granted(key)
        guard selection.services.isEmpty else { return }
        if isSynced { unnamed.remove(key) } else { sent.insert(key) }
    }

    /// A document that is selected by its name is granted, or the whole stream is refused.
    private mutating func findUnnamed() {
        guard selection.services.isEmpty else { return }
        for key in feed.documents where selection.includes(key) && known[key] == nil && !sent.contains(key) {
            unnamed.insert(key)
        }
        sent = []
    }

    /// Passes on what the registry said about all documents but the damaged ones, and those that it did not name.
    ///
    /// - Parameter other: what is passed on instead about a document that was not named, or may be damaged.
    private mutating func send(unnamed other: SourceEvent?, _ event: SourceEvent) {
        defer { damage = ([:], true) }
        for key in feed.documents where selection.includes(key) {
            if let version = damage.named[key] {
                feed.send(.damaged(version: version), to: key)
            } else if let event = damage.isComplete && !unnamed.contains(key) ? event : other {
                feed.send(event, to: key)
            }
        }
    }
}
