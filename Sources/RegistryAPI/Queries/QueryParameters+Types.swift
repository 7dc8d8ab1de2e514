package import ConfigModel

extension QueryParameters {
    /// An integer within a range.
    package func integer(_ name: String, in range: ClosedRange<Int64>) throws(Problem) -> Int64? {
        guard let text = self[name] else { return nil }
        guard let value = Int64(text), range.contains(value) else {
            let bounds =
                range.upperBound == .max
                ? "an integer from \(range.lowerBound)" : "an integer from \(range.lowerBound) to \(range.upperBound)"
            throw Self.invalid(name, "must be \(bounds).")
        }
        return value
    }

    /// `true` or `false`; absent is false.
    package func flag(_ name: String) throws(Problem) -> Bool {
        switch self[name] {
        case nil, "false": false
        case "true": true
        default: throw Self.invalid(name, "must be true or false.")
        }
    }

    /// A duration such as `500ms`, `30s` or `1m`, above zero and at most `limit`.
    package func duration(_ name: String, atMost limit: Duration) throws(Problem) -> Duration? {
        guard let text = self[name] else { return nil }
        let seconds = limit.components.seconds
        guard let duration = Self.duration(text), duration > .zero, duration <= limit else {
            throw Self.invalid(name, "must be a duration such as 500ms or 30s, at most \(seconds)s.")
        }
        return duration
    }

    /// An epoch.
    package func epoch(_ name: String) throws(Problem) -> Epoch? {
        guard let text = self[name] else { return nil }
        guard let epoch = Epoch(parsing: text) else {
            throw Self.invalid(name, "must be an epoch as the Config-Epoch header says it, <number>-<uuid>.")
        }
        return epoch
    }

    /// A moment in UTC: `2026-11-20T21:30:00Z`, with or without milliseconds.
    package func moment(_ name: String) throws(Problem) -> Timestamp? {
        guard let text = self[name] else { return nil }
        guard let moment = MomentText.read(text) else { throw Self.invalid(name, "must be \(MomentText.rule).") }
        return moment
    }

    /// A name of the given rule.
    package func name(_ name: String, _ rule: NameRule) throws(Problem) -> String? {
        guard let text = self[name] else { return nil }
        do { return try rule.check(text) } catch { throw Problem(error) }
    }

    private static func duration(_ text: String) -> Duration? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard digits.utf8.count <= 9, let number = Int64(digits) else { return nil }
        return switch text.dropFirst(digits.count) {
        case "ms": .milliseconds(number)
        case "s": .seconds(number)
        case "m": .seconds(number * 60)
        default: nil
        }
    }
}
