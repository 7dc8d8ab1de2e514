import ConfigAccess
import CoreMetrics
import MetricsExposition
import NIOCore
import RegistryAPI
import Synchronization

/// What the server records of connections, requests and streams.
///
/// Responses from memory are counted by each event loop for itself; all others by name, through swift-metrics.
final class ServerMetrics: Sendable {
    private struct Response: Hashable {
        let route: String
        let method: String
        let status: Int
    }

    private static let requests = MetricDescription(
        "configbus_http_requests_total", .counter, "Requests that were answered, those from memory included.")
    private static let durations = MetricDescription(
        "configbus_http_request_duration_seconds", .histogram,
        "How long requests took until the response began; one in 64 from memory is timed and counts for all of them.")
    private static let connections = MetricDescription(
        "configbus_http_connections", .gauge, "Connections that are open.")
    private static let streamCuts = MetricDescription(
        "configbus_http_stream_cuts_total", .counter, "Streams that the server ended, by reason.")

    /// Counts the streams that are cut.
    let cuts: CounterFamily<StreamCut>
    private let collector: MetricsCollector
    private let loops = Mutex<[ObjectIdentifier: EventLoopFigures]>([:])
    private let counters = Mutex<[Response: CoreMetrics.Counter]>([:])
    private let timers = Mutex<[Response: CoreMetrics.Timer]>([:])

    init(_ collector: MetricsCollector) {
        self.collector = collector
        collector.describe([Self.requests, Self.durations, Self.streamCuts])
        cuts = CounterFamily(Self.streamCuts.name, label: "reason", collector)
        observe()
    }

    /// What one event loop counts.
    func figures(of eventLoop: any EventLoop) -> EventLoopFigures {
        loops.withLock { loops in
            if let known = loops[ObjectIdentifier(eventLoop)] { return known }
            let new = EventLoopFigures()
            loops[ObjectIdentifier(eventLoop)] = new
            return new
        }
    }

    /// Records a request that the router answered.
    ///
    /// - Parameter route: the path as it is described, without what the client put into it.
    func note(_ route: String, _ method: String, status: Int, since beganAt: ContinuousClock.Instant) {
        let response = Response(route: route, method: method, status: status)
        counters.withLock { counters in
            if let known = counters[response] { return known }
            let new = CoreMetrics.Counter(
                label: Self.requests.name, dimensions: Self.labels(route, method, status).map { ($0.name, $0.value) },
                factory: collector)
            counters[response] = new
            return new
        }.increment()
        let kind = Response(route: route, method: method, status: 0)
        timers.withLock { timers in
            if let known = timers[kind] { return known }
            let new = CoreMetrics.Timer(
                label: Self.durations.name, dimensions: Self.labels(route, method).map { ($0.name, $0.value) },
                factory: collector)
            timers[kind] = new
            return new
        }.record(since: beganAt)
    }

    private static func labels(
        _ route: String, _ method: String, _ status: Int? = nil
    ) -> [(name: String, value: String)] {
        [(name: "route", value: route), (name: "method", value: method)]
            + (status.map { [(name: "code", value: String($0))] } ?? [])
    }

    /// Takes in what the loops count.
    private func observe() {
        collector.observe(Self.requests) { [weak self] in
            self?.allFigures.flatMap(\.responses).filter { $0.count > 0 }.map { response in
                MetricSample(Self.labels(APIPath.document, "GET", response.status), .integer(Int64(response.count)))
            } ?? []
        }
        collector.observe(Self.durations) { [weak self] in
            self?.allFigures.map { MetricSample(Self.labels(APIPath.document, "GET"), .durations($0.durations)) } ?? []
        }
        collector.observe(Self.connections) { [weak self] in
            [MetricSample([], .integer(Int64(self?.allFigures.reduce(0) { $0 + $1.connections } ?? 0)))]
        }
    }

    private var allFigures: [EventLoopFigures] { loops.withLock { Array($0.values) } }
}

/// Why the server ended a stream.
enum StreamCut: String, Sendable, CaseIterable {
    /// The client took nothing for too long.
    case stalled
    /// The client's credential ended.
    case expired
    /// The client's credential was revoked.
    case revoked
    /// What the client's credential permits was changed.
    case changed
    /// The registry stopped while the client did not take what was sent.
    case stopped

    /// Nil for a credential that counts.
    init?(_ standing: AccessTable.Standing) {
        switch standing {
        case .valid: return nil
        case .expired: self = .expired
        case .revoked: self = .revoked
        case .changed: self = .changed
        }
    }
}
