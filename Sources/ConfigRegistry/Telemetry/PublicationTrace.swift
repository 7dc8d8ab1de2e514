package import ConfigModel
package import Tracing

/// The trace in which a version was made. It is kept with the version in memory only: what is stored, and the body of the
/// event, are the same with it and without it.
struct PublicationTrace: Sendable {
    /// For so long it goes out with a stream: who comes later does not belong to that trace.
    static let lifetime: Duration = .seconds(60)

    /// What spans of its announcement are below of.
    let context: ServiceContext
    /// As others are given it.
    let fields: TraceContext
    /// When it became known.
    let takenAt: ContinuousClock.Instant

    /// True while it goes out with a stream.
    var isRecent: Bool { ContinuousClock.now - takenAt < Self.lifetime }
}

extension ServiceContext {
    private enum RequestTraceKey: ServiceContextKey {
        typealias Value = TraceContext
        static var nameOverride: String? { "configbus-request-trace" }
    }

    /// The trace that the request brought; it is passed on as it is where no tracer says another.
    package var requestTrace: TraceContext? {
        get { self[RequestTraceKey.self] }
        set { self[RequestTraceKey.self] = newValue }
    }
}
