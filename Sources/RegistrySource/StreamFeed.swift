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
    /// How long a stream may be silent before it has sent all heads.
    var patience = StreamFeed.usualPatience

    static let usualPatience = Duration.seconds(10)

    var sendsHeads: Bool { true }

    func parts(of plan: SubscriptionPlan) -> [SubscriptionPart] { plan.byEnvironment }

    func run(_ subscription: Subscription) async {
        guard let whole = subscription.part.selections.first else { return }
        var selection = StreamSelection(whole)
        var losses = StreamLosses()
        var (ends, otherEpochs) = (StreamRestart(), StreamRestart())
        while !Task.isCancelled {
            let begin = ContinuousClock.now
            let end = await follow(subscription, selection)
            guard !Task.isCancelled else { return }
            selection = end.selection
            let isOtherEpoch = end.reason is RegistryStream.OtherEpoch
            let pause: Duration?
            switch end.reason {
            case is RegistryStream.OtherEpoch:
                pause = otherEpochs.pause(begunAt: begin, at: .now)
            case is RegistryStream.Ended, is RegistryStream.Granted:
                feed.logger?.debug("a stream is opened anew", metadata: ["reason": "\(end.reason)"])
                pause = ends.pause(begunAt: begin, at: .now)
            case let reason:
                let refused = end.stoodSince == nil ? refusedDocument(reason) : nil
                if let refused, selection.leaveOut(refused) { continue }
                let loss = losses.add(
                    stoodFor: end.stoodSince.map { ContinuousClock.now - $0 },
                    retryAfter: (reason as? RegistryClientError)?.retryAfter)
                if refused == nil { lost(reason, whole, stood: end.stoodSince != nil, isNews: loss.isNews) }
                pause = loss.pause
            }
            selection.namesKnown = !isOtherEpoch
            if !isOtherEpoch { subscription.interrupted() }
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
    private func lost(_ error: any Error, _ selection: WatchSelection, stood: Bool, isNews: Bool) {
        if !stood, let error = error as? RegistryClientError { feed.failed(SourceFailure(ofStream: error)) }
        feed.interrupted(
            "stream", reason: "\(error)", level: isNews ? .info : .debug, concerns: { selection.includes($0) })
    }
}

// MARK: - One connection

extension StreamFeed {
    /// How a connection ended.
    private struct End: Sendable {
        let reason: any Error
        /// What the next one is opened about.
        let selection: StreamSelection
        /// Since when all heads were sent; nil when they were not.
        var stoodSince: ContinuousClock.Instant?
    }

    /// Follows one connection until it ends, or says nothing before all heads were sent.
    private func follow(_ subscription: Subscription, _ selection: StreamSelection) async -> End {
        let stream = RegistryStream(feed: feed, selection: selection.present, namesKnown: selection.namesKnown)
        let beginning = StreamBeginning()
        return await withTaskGroup(of: End?.self) { group in
            defer { group.cancelAll() }
            group.addTask { await connect(subscription, stream, selection, beginning) }
            group.addTask {
                guard await beginning.isSilent(for: patience / 2) else { return nil }
                // What a read brings is not kept back for longer.
                readUnknown(stream.selection)
                guard await beginning.isSilent(for: patience) else { return nil }
                let reason = "The registry's stream said nothing for \(patience.words), and not that this was all."
                return End(reason: RegistryClientError(.interrupted, reason), selection: selection)
            }
            for await case let end? in group { return end }
            return End(reason: CancellationError(), selection: selection)
        }
    }

    private func connect(
        _ subscription: Subscription, _ stream: RegistryStream, _ selection: StreamSelection,
        _ beginning: StreamBeginning
    ) async -> End {
        var stream = stream
        var selection = selection
        var stoodSince: ContinuousClock.Instant?
        do {
            try await registry.watch(stream.selection, known: stream.known) { message in
                try stream.take(message)
                beginning.note()
                guard stream.isSynced else { return }
                stoodSince = stoodSince ?? .now
                beginning.end()
                feed.registryResponded()
                feed.stands()
                _ = subscription.stands()
                feed.listed(subscription.part.covers)
                if selection.takeIn(isRefused) { throw RegistryStream.Granted() }
            }
            let error = RegistryClientError(.interrupted, "The registry's stream ended.")
            return End(reason: error, selection: selection, stoodSince: stoodSince)
        } catch {
            return End(reason: error, selection: selection, stoodSince: stoodSince)
        }
    }

    private func readUnknown(_ selection: WatchSelection) {
        for key in feed.documents where selection.includes(key) && feed.confirmedVersion(of: key) == nil {
            feed.send(.mayHaveChanged(isFresh: false), to: key)
        }
    }
}

/// One connection to the registry's stream.
struct RegistryStream {
    /// The versions that were named as known belong to another epoch than the registry's.
    struct OtherEpoch: Error {}

    /// The client's credential does not count any more.
    struct Ended: Error, CustomStringConvertible {
        let description: String
    }

    /// A document that was left out may be read by now: the next stream has it.
    struct Granted: Error, CustomStringConvertible {
        var description: String { "granted" }
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
    /// The trace of the next event.
    private var trace: TraceContext?
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
        case .trace(let trace): self.trace = trace
        case .event(let event):
            note(event.key)
            feed.note(trace.take(), of: event)
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
            throw Ended(description: reason)
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
