package import HummingbirdCore
package import Logging
package import NIOCore

/// HTTP/1.1 whose requests are handled on the thread of their connection's event loop.
///
/// A request that is answered from memory then costs no change of threads. Whatever takes longer has to leave the loop
/// (`awayFromLoop`), because the loop's other connections wait meanwhile.
package struct LoopChannel: ServerChildChannel {
    package typealias Value = HTTP1Channel.Value

    private let channel: HTTP1Channel

    package init(_ channel: HTTP1Channel) { self.channel = channel }

    package func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        self.channel.setup(channel: channel, logger: logger)
    }

    package func handle(value: Value, logger: Logger) async {
        await withTaskExecutorPreference(LoopExecutor(value.channel.eventLoop)) { @concurrent () async in
            await channel.handle(value: value, logger: logger)
        }
    }
}

/// Runs tasks on the thread of an event loop.
private final class LoopExecutor: TaskExecutor {
    private let loop: any EventLoop

    init(_ loop: any EventLoop) { self.loop = loop }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        loop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}

/// Runs on Swift's own threads what would keep the other connections of an event loop waiting.
///
/// - Throws: what the operation throws, or `CancellationError` when nobody waits for it any more.
func awayFromLoop<Result: Sendable>(
    _ operation: @concurrent () async throws -> Result
) async throws -> Result {
    try await withTaskExecutorPreference(globalConcurrentExecutor) { @concurrent () async throws in
        // Swift 6.3 drops the change of threads at the beginning of a closure that only calls another asynchronous one.
        try Task.checkCancellation()
        return try await operation()
    }
}
