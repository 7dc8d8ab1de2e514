import AsyncSupport
import ConfigModel
import ConfigStore
import Logging

/// Reads heads for those who watch: at first, after a new epoch, and from time to time in case an event was lost.
final class WatchLoader: Sendable {
    private let source: HeadSource
    private let reader: HeadReader
    private let period: Duration
    private let logger: Logger
    private let wake = WakeSignal()

    private var hub: WatchHub { source.hub }

    init(source: HeadSource, reader: HeadReader, period: Duration, logger: Logger) {
        self.source = source
        self.reader = reader
        self.period = period
        self.logger = logger
    }

    /// Reads the heads that a watch is to begin with; the watch has to be in the hub already, so that nothing is missed in
    /// between.
    func load(_ watch: Watch, known: [DocumentKey: Int64]) async throws(StoreError) {
        while true {
            let epoch = source.cache.epoch
            let (reading, provenAt) = try await reader.fresh(watch.filter)
            // Heads of two epochs must not be mixed up.
            guard epoch == source.cache.epoch else { continue }
            watch.load(reading, known: known, epoch: epoch, provenAt: provenAt)
            return
        }
    }

    /// Reads some of the heads that a watch owes, because the watcher has taken what was held.
    func readOwed(by watch: Watch) async {
        let keys = watch.owed(atMost: PieceSize.most)
        let epoch = source.cache.epoch
        do {
            let reading = try await source.heads(of: keys, addsEntries: false, maximumBytes: watch.maximumBytes)
            watch.supply(reading, for: keys, epoch: epoch)
        } catch {
            // The watcher connects again and says what it knows.
            logger.warning("could not read the heads that a watcher waits for", metadata: ["error": "\(error)"])
            watch.close()
        }
    }

    /// Sends everything again to every watch, because the history was replaced.
    func reload() async {
        hub.forgetHistory()
        for watch in hub.watches {
            do {
                try await load(watch, known: [:])
            } catch {
                // The watcher connects again and begins anew.
                logger.warning("could not read the heads of a new epoch", metadata: ["error": "\(error)"])
                watch.close()
            }
        }
    }

    /// Looks soon, because events may have been missed.
    func lookNow() { wake.signal() }

    /// Reads everything that is watched again and again until cancelled.
    func run() async {
        var pause = Backoff(from: .milliseconds(500), upTo: period)
        var wait = period
        while !Task.isCancelled {
            await wake.wait(atMost: wait)
            do {
                try await resynchronize()
                pause.reset()
                wait = period
            } catch {
                logger.debug("could not read what is watched", metadata: ["error": "\(error)"])
                wait = pause.next()
            }
        }
    }

    /// Reads the heads of everything that is watched, each document and each selection once. What is news goes to those
    /// who watch; all of them get a new proof.
    func resynchronize() async throws(StoreError) {
        let watches = Dictionary(grouping: hub.watches, by: \.filter)
        let named = watches.keys.filter { $0.queries.isEmpty }
        let beganAt = ContinuousClock.now
        let reading = try await source.heads(
            of: Array(Set(named.flatMap(\.documents))), addsEntries: false, maximumBytes: 0)
        for filter in named {
            let damaged = reading.damaged.filter { $0.key.map(filter.documents.contains) ?? false }
            for watch in watches[filter] ?? [] { watch.prove(at: beganAt, except: damaged) }
        }
        for (filter, watches) in watches where !filter.queries.isEmpty {
            let beganAt = ContinuousClock.now
            let reading = try await source.heads(filter, maximumBytes: 0)
            for watch in watches { watch.prove(at: beganAt, except: reading.damaged) }
        }
    }
}
