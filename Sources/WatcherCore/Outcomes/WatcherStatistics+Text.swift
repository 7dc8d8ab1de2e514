import ConfigModel

extension WatcherStatistics: CustomStringConvertible {
    /// The numbers in a few sentences; what never happened is left out.
    public var description: String {
        [reloadText, versionText, sourceText].filter { !$0.isEmpty }.joined(separator: " ")
    }

    private var reloadText: String {
        guard reloads > 0 else { return "Nothing was loaded yet." }
        var text = "\(reloads) reloads: \(successes) applied"
        text += Self.list([
            (failures, "refused"), (validationFailures, "of them not valid"), (rollbacks, "rolled back"),
            (retries, "tried again"),
        ])
        if let averageReloadDuration { text += "; \(averageReloadDuration.words) on average" }
        if let slowReloadDuration { text += ", 99 % within \(slowReloadDuration.words)" }
        if let lastReloadAt { text += "; the last at \(lastReloadAt)" }
        if let lastReloadDuration { text += " took \(lastReloadDuration.words)" }
        return text + "." + (stuckHandlers.isEmpty ? "" : " Stuck: \(stuckHandlers.joined(separator: ", ")).")
    }

    private var versionText: String {
        let text = Self.list([
            (events, "events"), (duplicates, "duplicates"), (outOfOrder, "out of order"), (gaps, "gaps"),
            (debouncedEvents, "debounced"), (setWaits, "waits for change sets"), (deletions, "deletions"),
            (refusals, "refused as they came"), (refusedSignatures, "without a trusted signature"),
            (conflicts, "conflicts"), (foreignEpochs, "of another store"), (smallerEpochs, "of a replaced epoch"),
        ])
        return text.isEmpty ? "" : "\(text.dropFirst(2))."
    }

    private var sourceText: String {
        var text =
            "\(registryReads) reads" + Self.list([(failedRegistryReads, "failed"), (interruptions, "interruptions")])
        if cacheFailures > 0 { text += ", \(cacheFailures) failures of the cache" }
        if let staleness { text += "; known to be the newest \(staleness.asAge) ago" }
        text += "."
        if let failure = sourceFailure { text += " The source is away: \(failure)" }
        return text
    }

    /// The numbers that are not 0, each with its word.
    private static func list(_ numbers: [(Int, String)]) -> String {
        numbers.filter { $0.0 > 0 }.map { ", \($0.0) \($0.1)" }.joined()
    }
}
