import ConfigAccess
import CoreMetrics
import MetricsExposition

/// What was decided about credentials. One that a connection sends again is not decided about again.
struct AuthenticationCounts: Sendable {
    /// What proves an identity.
    enum Kind: String, Sendable, CaseIterable {
        case token
        case jwt
        case certificate
        /// Something that is no credential.
        case unreadable
        case none
    }

    /// What was decided.
    enum Result: String, Sendable, CaseIterable {
        case accepted
        case refused
        /// The store, which knows, was away.
        case unavailable
    }

    private let kinds: [Kind: [Result: CoreMetrics.Counter]]

    init(_ collector: MetricsCollector) {
        let metric = MetricDescription(
            "configbus_authentications_total", .counter,
            "Credentials that were decided about; one that a connection sends again is not.")
        collector.describe([metric])
        kinds = Dictionary(
            uniqueKeysWithValues: Kind.allCases.map { kind in
                let results = Result.allCases.map { result in
                    (
                        result,
                        CoreMetrics.Counter(
                            label: metric.name, dimensions: [("kind", kind.rawValue), ("result", result.rawValue)],
                            factory: collector)
                    )
                }
                return (kind, Dictionary(uniqueKeysWithValues: results))
            })
    }

    func count(_ kind: Kind, _ result: Result) { kinds[kind]?[result]?.increment() }
}

/// How often something was refused because it came too early.
struct RateLimitCounts: Sendable {
    private let classes: CounterFamily<RequestClass>

    init(_ collector: MetricsCollector) {
        let metric = MetricDescription(
            "configbus_rate_limited_total", .counter, "Requests that were refused because they came too early.")
        collector.describe([metric])
        classes = CounterFamily(metric.name, label: "class", collector)
    }

    func count(_ requestClass: RequestClass) { classes.count(requestClass) }
}
