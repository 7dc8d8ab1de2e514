import Glibc
import Logging
import ServiceLifecycle
import UnixSignals

/// Runs services until SIGTERM or SIGINT, then lets them finish for a bounded time; the next of these signals ends the process
/// at once. SIGHUP never ends it.
enum ProgramServices {
    /// Keeps a SIGHUP from ending a program that is still starting; `run` listens to it.
    static func ignoreHangups() { signal(SIGHUP, SIG_IGN) }

    /// - Parameters:
    ///   - manager: the service manager that started the program and is kept informed; nil for a program that it does not run.
    ///   - endsWithFirst: the program is done when one of the services is.
    ///   - onHangup: what SIGHUP does; nil when there is nothing to do.
    ///   - atOnce: what is still done when a second signal ends the process.
    static func run(
        _ services: [any Service], logger: Logger, manager: ServiceManager? = nil, endsWithFirst: Bool = false,
        onHangup: (@Sendable () -> Void)? = nil, atOnce: @escaping @Sendable () -> Void = {}
    ) async throws {
        // Last in the list is first to stop: the manager knows it before anything else ends.
        let notices = manager.map { [ServiceManagerNotices(manager: $0)] } ?? []
        var configuration = ServiceGroupConfiguration(
            services: (services + notices).map {
                .init(
                    service: $0,
                    successTerminationBehavior: endsWithFirst ? .gracefullyShutdownGroup : .cancelGroup)
            },
            logger: logger)
        configuration.maximumGracefulShutdownDuration = .seconds(20)
        configuration.maximumCancellationDuration = .seconds(5)
        let group = ServiceGroup(configuration: configuration)
        let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint, .sighup)
        let hangup = onHangup ?? { logger.notice("SIGHUP: there is nothing to reload here") }
        try await withThrowingTaskGroup { tasks in
            tasks.addTask {
                await listen(to: signals, stopping: group, { reload(manager, hangup) }, atOnce)
            }
            defer { tasks.cancelAll() }
            try await group.run()
        }
    }

    private static func reload(_ manager: ServiceManager?, _ hangup: @Sendable () -> Void) {
        manager?.send(.reloading)
        hangup()
        manager?.send(.ready(nil))
    }

    private static func listen(
        to signals: UnixSignalsSequence, stopping group: ServiceGroup, _ hangup: @Sendable () -> Void,
        _ atOnce: @Sendable () -> Void
    ) async {
        var isStopping = false
        for await signal in signals {
            if signal == .sighup {
                hangup()
                continue
            }
            if isStopping {
                StandardStream.error.write("configbus: ended at once by a second signal\n")
                atOnce()
                // No exit handlers: whatever the shutdown waits for would hold them up too.
                _exit(128 + signal.rawValue)
            }
            isStopping = true
            await group.triggerGracefulShutdown()
        }
    }
}
