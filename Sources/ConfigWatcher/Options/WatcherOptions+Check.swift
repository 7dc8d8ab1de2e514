import ConfigModel
import WatcherCore

extension WatcherOptions {
    /// Checks whether a watcher can be made so.
    ///
    /// - Parameters:
    ///   - key: the document.
    ///   - interval: how often there is a proof that the newest version is known.
    ///   - cache: where the watcher keeps what ran last.
    ///   - decoder: makes its value.
    /// - Throws: `WatcherError` with code `invalidOptions`, which says what to do.
    func check<Value: Sendable>(
        for key: DocumentKey, interval: Duration, cache: ConfigCache, decoder: ConfigDecoder<Value>
    ) throws(WatcherError) {
        try Self.require((1...10_000).contains(history), "history has to be from 1 to 10000, not \(history).")
        try Self.require((0...50).contains(goodVersions), "goodVersions has to be from 0 to 50, not \(goodVersions).")
        try Self.require(
            !goodVersionsOnDisk || cache.directory != nil,
            "goodVersionsOnDisk needs a cache: .directory(...), beside which they are kept.")
        try Self.require(
            validationTimeout > .zero, "validationTimeout has to be longer than nothing, not \(validationTimeout).")
        if case .fraction(let fraction) = handlers {
            try Self.require(
                fraction > 0 && fraction <= 1,
                "handlers: .fraction(\(fraction)) has to be more than 0, with which no failure would count, and at most 1."
            )
        }
        if case .handlers(let attempts, let first, let longest) = retry {
            try Self.require(
                attempts > 0 && first > .zero && first <= longest,
                "retry: .handlers needs at least one attempt, and a first pause that is neither zero nor longer than the "
                    + "longest.")
        }
        try checkTimes()
        try checkStaleness(interval)
        try checkDefaults(key, decoder)
    }

    /// What would be brought to the nearest that is possible is refused instead.
    private func checkTimes() throws(WatcherError) {
        try Self.require(
            pollInterval >= .milliseconds(10), "pollInterval has to be at least 10 ms, not \(pollInterval.words).")
        if let staleAfter {
            try Self.require(staleAfter > .zero, "staleAfter has to be longer than nothing, not \(staleAfter.words).")
        }
        if let interval = metrics?.interval {
            try Self.require(
                interval >= .seconds(1), "metrics: interval has to be at least 1 second, not \(interval.words).")
        }
        if let time = debounce?.time {
            try Self.require(
                DebounceStrategy.allowedTimes.contains(time),
                "debounce has to be from 1 ms to 60 s, not \(time.words).")
        }
        switch start {
        case .requireFresh: break
        case .allowStale(let limit, let patience):
            try Self.require(
                patience >= .zero && limit ?? .zero >= .zero, "start: .allowStale needs times that are not negative.")
        case .failUnlessFresh(let limit):
            try Self.require(
                limit > .zero, "start: .failUnlessFresh(within:) has to be longer than nothing, or run() ends at once.")
        }
    }

    /// A limit about the interval of the reads would pass now and then while everything is in order.
    private func checkStaleness(_ interval: Duration) throws(WatcherError) {
        switch staleness {
        case .serve: return
        case .degrade(let limit), .fail(let limit):
            try Self.require(
                limit >= interval * 2,
                "staleness has to be at least twice the time between two proofs of this source (\(interval.words)), not "
                    + "\(limit.words).")
        }
    }

    private func checkDefaults<Value: Sendable>(
        _ key: DocumentKey, _ decoder: ConfigDecoder<Value>
    ) throws(WatcherError) {
        guard deletion == .useDefaults else { return }
        do {
            let object = LazyObject(.empty, JSONObject())
            _ = try decoder.decode(DecoderInput(key: key, layers: DocumentLayers(), content: .empty, object: object))
        } catch {
            throw WatcherError(
                .invalidOptions,
                "deletion: .useDefaults needs a type that decodes from {}: make each property that may be missing optional, or "
                    + "give the type an init(from:) that reads it with decodeIfPresent; the default of a property is not used "
                    + "for a missing key. \(error)")
        }
    }

    private static func require(_ condition: Bool, _ message: String) throws(WatcherError) {
        guard condition else { throw WatcherError(.invalidOptions, message) }
    }
}
