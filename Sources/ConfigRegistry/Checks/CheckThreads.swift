import AsyncSupport
import ConfigModel

/// Where checks are made that take long: on two threads of their own, of which the documents of one service use one at a time.
///
/// Those that serve connections, and those of Swift's pool, stay free for other requests. A service with a costly schema holds up
/// itself: the other thread is left to all others.
final class CheckThreads: Sendable {
    private static let width = 2
    private static let longestLine = 1_000

    let executor = QueuePoolExecutor(label: "configbus.checks", width: CheckThreads.width)
    private let services = KeyedLock<String>(maximumWaiting: CheckThreads.longestLine)
    private let patience: Duration

    /// - Parameter patience: how long a check waits for those before it.
    init(patience: Duration) { self.patience = patience }

    /// How many checks of a service wait for the one that runs.
    func waiting(of service: String) -> Int { services.waiting(for: service) }

    /// Makes a check. Another one of the same service must not be requested inside of it.
    ///
    /// - Throws: `.overloaded` when the checks before it take too long, beside what `body` throws.
    func run<Value: Sendable>(
        for service: String, _ body: () async throws(RegistryError) -> Value
    ) async throws(RegistryError) -> Value {
        guard await services.acquire(service, until: .now + patience) == .granted else { throw .overloaded }
        defer { services.release(service) }
        return try await withTaskExecutorPreference(executor) { () async throws(RegistryError) in try await body() }
    }

    /// Makes a part of the check of a version, which may have the thread already.
    func run<Value: Sendable>(
        for change: CheckedChange, _ body: () async throws(RegistryError) -> Value
    ) async throws(RegistryError) -> Value {
        guard !change.isOnCheckThread else { return try await body() }
        return try await run(for: change.draft.key.service, body)
    }
}
