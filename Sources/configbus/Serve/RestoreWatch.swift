import ConfigRegistry
import ServiceLifecycle

/// Ends a registry when a backup is being restored into its store: it would show a part of a history, and what it writes would
/// spoil the restore.
struct RestoreWatch: Service {
    let registry: Registry

    func run() async throws {
        try await cancelWhenGracefulShutdown {
            await registry.waitForRestore()
            guard !Task.isCancelled else { return }
            throw CommandFailure.refused(
                "A backup is being restored into this store, which is not served meanwhile: start the registry again when "
                    + "'configbus restore' has come to its end.")
        }
    }
}
