import ConfigWatcher
import Hummingbird
import RegistrySource

/// An HTTP service that changes its rate limit while it serves.
///
///     CONFIGBUS_URL=http://127.0.0.1:8000 swift run RateLimitService
///     echo '{"requests_per_second": 100, "burst": 20}' | configbus publish gateway - --environment prod
@main
struct App {
    static func main() async throws {
        let environment = Environment()
        let limiter = RateLimiter()

        let watcher = try ConfigWatcher<RateLimits>(
            key: "gateway/prod", source: .registry(environment.get("CONFIGBUS_URL") ?? "http://127.0.0.1:8000"),
            cache: .directory(environment.get("CACHE") ?? "gateway-cache"))
        watcher.validate("limits") { Validation(errors: $0.mistakes) }
        watcher.onReload("limiter") { _, limits in limiter.use(limits) }

        let router = Router()
        router.add(middleware: RateLimitMiddleware(limiter: limiter))
        router.get("/") { _, _ in "served\n" }

        var application = Application(
            router: router,
            configuration: .init(address: .hostname("127.0.0.1", port: environment.get("PORT", as: Int.self) ?? 8080)),
            services: [watcher])
        // No request is served before there are limits.
        application.beforeServerStarts { _ = try await watcher.ready() }
        try await application.runService()
    }
}
