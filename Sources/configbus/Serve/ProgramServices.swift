import Glibc
import Logging
import ServiceLifecycle
import UnixSignals

/// Runs services until SIGTERM or SIGINT, then lets them finish for a bounded time; the next signal ends the process at once.
enum ProgramServices {
    /// - Parameter endsWithFirst: the program is done when one of the services is.
    static func run(_ services: [any Service], logger: Logger, endsWithFirst: Bool = false) async throws {
        var configuration = ServiceGroupConfiguration(
            services: services.map {
                .init(
                    service: $0,
                    successTerminationBehavior: endsWithFirst ? .gracefullyShutdownGroup : .cancelGroup)
            },
            logger: logger)
        configuration.maximumGracefulShutdownDuration = .seconds(20)
        configuration.maximumCancellationDuration = .seconds(5)
        let group = ServiceGroup(configuration: configuration)
        let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
        try await withThrowingTaskGroup { tasks in
            tasks.addTask { await stop(group, at: signals) }
            defer { tasks.cancelAll() }
            try await group.run()
        }
    }

    private static func stop(_ group: ServiceGroup, at signals: UnixSignalsSequence) async {
        var isStopping = false
        for await signal in signals {
            if isStopping {
                StandardStream.error.write("configbus: ended at once by a second signal\n")
                // No exit handlers: whatever the shutdown waits for would hold them up too.
                _exit(128 + signal.rawValue)
            }
            isStopping = true
            await group.triggerGracefulShutdown()
        }
    }
}
