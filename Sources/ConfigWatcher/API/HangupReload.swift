public import ServiceLifecycle
import UnixSignals
import WatcherCore

/// Turns SIGHUP into a reload. While it runs the signal does not end the process.
///
/// ```swift
/// let group = ServiceGroup(services: [watcher, watcher.onHangup(), server], logger: logger)
/// ```
public struct HangupReload: Service {
    private let reload: @Sendable () -> Void

    init(_ reload: @escaping @Sendable () -> Void) { self.reload = reload }

    /// Waits for signals until the task is cancelled or the service group shuts down.
    public func run() async throws {
        for await _ in await UnixSignalsSequence(trapping: .sighup).cancelOnGracefulShutdown() { reload() }
    }
}

extension ConfigWatcher {
    /// A service that reads the document at SIGHUP and applies what is newer. What handlers refused and is to be tried again
    /// is tried at once.
    public func onHangup() -> HangupReload {
        HangupReload { [pipeline] in pipeline.receive(.refresh(.signal)) }
    }
}

extension WatcherGroup {
    /// A service that reads every document at SIGHUP and applies what is newer. What handlers refused and is to be tried
    /// again is tried at once.
    public func onHangup() -> HangupReload { HangupReload { [self] in reloadAtHangup() } }

    /// Does what `onHangup()` does at the signal, for a process that waits for it itself.
    package func reloadAtHangup() { reload(trigger: .signal) }
}
