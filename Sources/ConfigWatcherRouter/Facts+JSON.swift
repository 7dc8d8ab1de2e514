import ConfigModel
import ConfigWatcher
import WatcherCore

extension Outcome {
    /// What a command came to, without a value of the content.
    var controlJSON: JSONObject {
        var result = JSONObject()
        result["success"] = .bool(kind == .applied || kind == .rolledBack)
        result["outcome"] = .string(kind.rawValue)
        result["version"] = .number(JSONNumber(version))
        result["content_hash"] = contentHash.map { .string($0) } ?? .null
        result["reason"] = reason.map { .string($0) } ?? .null
        result["warnings"] = .array(warnings.map { .string($0) })
        result["handlers"] = .array(handlers.map { .string("\($0)") })
        return result
    }
}

extension GoodVersionFacts {
    /// The version, without its content.
    var controlJSON: JSONObject {
        var facts = JSONObject()
        facts["version"] = .number(JSONNumber(version))
        facts["default_version"] = defaultVersion.map { .number(JSONNumber($0)) } ?? .null
        facts["epoch"] = epoch.map { .string("\($0)") } ?? .null
        facts["content_hash"] = .string(contentHash)
        facts["is_initial"] = .bool(isInitial)
        return facts
    }
}

extension WatcherStatistics {
    /// The numbers; what there is none of yet is null.
    var controlJSON: JSONObject {
        var numbers = JSONObject()
        for (name, count) in [
            ("reloads", reloads), ("successes", successes), ("failures", failures),
            ("validation_failures", validationFailures), ("rollbacks", rollbacks), ("retries", retries),
            ("refusals", refusals), ("deletions", deletions), ("events", events), ("duplicates", duplicates),
            ("out_of_order", outOfOrder), ("gaps", gaps), ("debounced_events", debouncedEvents),
            ("set_waits", setWaits), ("conflicts", conflicts), ("refused_signatures", refusedSignatures),
            ("registry_reads", registryReads), ("failed_registry_reads", failedRegistryReads),
            ("interruptions", interruptions), ("cache_failures", cacheFailures),
        ] {
            numbers[name] = .number(JSONNumber(count))
        }
        numbers["success_rate"] = successRate.flatMap { JSONNumber($0) }.map { .number($0) } ?? .null
        numbers["last_reload_at"] = lastReloadAt.map { .string("\($0)") } ?? .null
        numbers["last_reload_ms"] = Self.milliseconds(lastReloadDuration)
        numbers["average_reload_ms"] = Self.milliseconds(averageReloadDuration)
        numbers["p99_reload_ms"] = Self.milliseconds(slowReloadDuration)
        numbers["stuck_handlers"] = .array(stuckHandlers.map { .string($0) })
        numbers["source_failure"] = sourceFailure.map { .string($0) } ?? .null
        numbers["last_failure"] = lastFailure.map { .string($0) } ?? .null
        return numbers
    }

    private static func milliseconds(_ duration: Duration?) -> JSONValue {
        duration.flatMap { JSONNumber($0 / .milliseconds(1)) }.map { .number($0) } ?? .null
    }
}
