import Glibc

/// A plain thread for test helpers that block, which nothing in Swift's own pool may do.
enum TestThread {
    private final class Work {
        let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    /// Runs `body` on a thread of its own and returns what it returns.
    static func run<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            detach { continuation.resume(with: Swift.Result { try body() }) }
        }
    }

    /// Runs `body` on a thread of its own.
    static func detach(_ body: @escaping @Sendable () -> Void) {
        var thread = pthread_t()
        let work = Unmanaged.passRetained(Work(body))
        let failure = pthread_create(
            &thread, nil,
            { argument in
                argument.map { Unmanaged<Work>.fromOpaque($0).takeRetainedValue().body() }
                return nil
            }, work.toOpaque())
        precondition(failure == 0, "no thread: \(String(cString: strerror(failure)))")
        pthread_detach(thread)
    }
}
