import ConfigAccess
import ConfigRegistry
import HTTPTypes
import Hummingbird
import MetricsExposition
import RegistryAPI

/// `GET` and `POST /api/watch`: streams of server-sent events.
///
/// A stream sends states, not a log, so `Last-Event-ID` is not needed and not read: a client that connects again gets the heads,
/// or with `POST` and `known` those that it does not have.
struct WatchRoutes: Sendable {
    let registry: any RegistryReads
    let options: RegistryServerOptions
    let open: OpenRequests
    private let resources: StreamResources

    /// - Parameter cuts: counts the streams that are cut; nil where they are not counted.
    init(
        registry: any RegistryReads, options: RegistryServerOptions, open: OpenRequests,
        cuts: CounterFamily<StreamCut>? = nil
    ) {
        resources = StreamResources(cuts: cuts)
        self.registry = registry
        self.options = options
        self.open = open
    }

    func add(to routes: inout RouteTable) {
        routes.on(.get, APIPath.watch, .watch) { request, context in
            let watch = try WatchRequest(query: request.uri.query)
            try context.authorise(.selection(WatchFilter(watch.selection)))
            return try stream(watch, context)
        }
        routes.on(.post, APIPath.watch, .watch) { request, context in
            var watch = try WatchRequest(query: request.uri.query)
            try context.authorise(.selection(WatchFilter(watch.selection)))
            _ = try RequestMediaType(request.headers[.contentType], allowed: [.json])
            let bodies = RequestBodyReader(maximumBytes: options.maximumBodyBytes)
            try watch.readKnown(try await bodies.bytes(of: request, context))
            try context.permit(.documents(watch.known.keys.sorted()))
            return try stream(watch, context)
        }
    }

    private func stream(_ watch: WatchRequest, _ context: ServerContext) throws(Problem) -> Response {
        let share = try context.access?.openStream()
        let stream = EventStream(registry: registry, request: watch, options: options, resources: resources)
        let channel = context.channel
        let client = StreamClient(principal: context.principal ?? .anonymous, mayRead: context.mayRead, open: open)
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/event-stream",
                // A cache, a compressor or a proxy that collects what it passes on would hold events back.
                .cacheControl: "no-store, no-transform", .accelBuffering: "no",
            ],
            body: ResponseBody { writer in
                // Open until then.
                defer { withExtendedLifetime(share) {} }
                try await stream.run(channel, for: client)
                try await writer.finish(nil)
            })
    }
}
