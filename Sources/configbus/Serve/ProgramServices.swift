import Logging
import ServiceLifecycle
import UnixSignals

/// Runs services until SIGTERM or SIGINT, then lets them finish for a bounded time.
enum ProgramServices {
    /// - Parameter endsWithFirst: the program is done when one of the services is.
    static func run(_ services: [any Service], logger: Logger, endsWithFirst: Bool = false) async throws {
        var configuration = ServiceGroupConfiguration(
            services: services.map {
                .init(
                    service: $0,
                    successTerminationBehavior: endsWithFirst ? .gracefullyShutdownGroup : .cancelGroup)
            },
            gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        configuration.maximumGracefulShutdownDuration = .seconds(20)
        configuration.maximumCancellationDuration = .seconds(5)
        try await ServiceGroup(configuration: configuration).run()
    }
}
