import ConfigModel
import ConfigRegistry
import ConfigStore
import RegistryAPI
import RegistryClient
import RegistrySource

/// A registry whose stream records when a version has arrived with all its bytes.
struct MeasuringRegistry: RegistryReading {
    let client: RegistryClient
    let recorder: UpdateRecorder
    /// Called when a watcher on the bus has read what it may have missed before.
    let onFresh: @Sendable () -> Void

    func readHeads(
        _ requests: [DocumentRequest], isFresh: Bool
    ) async throws(RegistryClientError) -> [RegistryClient.HeadResult] {
        let answers = try await client.readHeads(requests, isFresh: isFresh)
        if isFresh { for case .success in answers { onFresh() } }
        return answers
    }

    func documents(below prefix: DocumentPrefix) async throws(RegistryClientError) -> [DocumentKey] {
        try await client.documents(below: prefix)
    }

    func watch(
        _ selection: WatchSelection, known: [DocumentKey: Int64], _ handle: (WatchMessage) throws -> Void
    ) async throws {
        try await client.watch(selection, known: known) { message in
            if case .event(let event) = message {
                recorder.received(VersionIdentity(key: event.key, version: event.version))
            }
            try handle(message)
        }
    }
}
