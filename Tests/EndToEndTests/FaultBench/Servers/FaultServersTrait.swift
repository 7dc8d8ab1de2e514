import Testing

/// Starts the fault bench's servers before the first test of a suite and ends them after the last.
struct FaultServersTrait: SuiteTrait, TestScoping {
    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        let servers = FaultServers()
        try await servers.start()
        let outcome: Result<Void, any Error>
        do {
            try await FaultServers.$current.withValue(servers) { try await function() }
            outcome = .success(())
        } catch {
            outcome = .failure(error)
        }
        try await servers.stop()
        try outcome.get()
    }
}

extension Trait where Self == FaultServersTrait {
    /// With servers of its own, which the tests may kill.
    static var ownServers: Self { FaultServersTrait() }
}
