import NIOCore
import NIOPosix
import ServiceLifecycle

/// Tells the service manager that the process works, and when it begins to stop.
struct ServiceManagerNotices: Service {
    let manager: ServiceManager

    func run() async throws {
        defer { manager.send(.stopping) }
        guard let interval = manager.interval else {
            try? await gracefulShutdown()
            return
        }
        try? await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                try await passEventLoops()
                manager.send(.alive)
                try await Task.sleep(for: interval)
            }
        }
    }

    /// Requests are answered on these loops and on the threads that run this task: when one of them hangs, this does not return,
    /// and the manager ends the process.
    private func passEventLoops() async throws {
        for loop in MultiThreadedEventLoopGroup.singleton.makeIterator() {
            try await loop.submit {}.get()
        }
    }
}
