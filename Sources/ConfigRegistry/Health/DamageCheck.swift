import Logging

/// Looks from time to time whether what was damaged has been repaired.
struct DamageCheck: Sendable {
    let store: DamageRecordingStore
    let period: Duration
    let logger: Logger

    /// Looks until cancelled.
    func run() async {
        while !Task.isCancelled {
            do {
                try await Task.sleep(for: period)
            } catch {
                return
            }
            do {
                try await store.checkAgain()
            } catch {
                logger.debug("could not look at damaged versions again", metadata: ["error": "\(error)"])
            }
        }
    }
}
