import ConfigModel
import ServiceLifecycle

/// Reads the settings again when SIGHUP asks for it.
struct AgentReloads: Service {
    let config: String
    let fixed: AgentSettings.Fixed
    let documents: AgentDocuments
    private let requests = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))

    init(config: String, fixed: AgentSettings.Fixed, documents: AgentDocuments) {
        self.config = config
        self.fixed = fixed
        self.documents = documents
    }

    /// Asks for it; returns at once.
    @Sendable func request() { requests.continuation.yield() }

    func run() async throws {
        for await _ in requests.stream.cancelOnGracefulShutdown() { await reload() }
        try await gracefulShutdown()
    }

    /// Mistakes change nothing. What was refused is tried again, and what is newer applied, in any case.
    private func reload() async {
        do {
            let settings = try AgentSettings.read(config)
            if settings.fixed == fixed {
                let difference = try await documents.follow(settings.documents)
                AgentNotice.say(
                    "\(config) was read again: \(difference.added) added, \(difference.changed) changed, "
                        + "\(difference.removed) removed.")
            } else {
                AgentNotice.say(
                    "\(config) was read again and nothing is changed: registry, amqp, trusted_keys, cache and status take "
                        + "effect when the agent is started anew.")
            }
        } catch let mistakes as SettingsMistakes {
            AgentNotice.say(mistakes.failure.description)
            for problem in mistakes.problems { AgentNotice.say("  \(problem)") }
        } catch {
            AgentNotice.say("\(config) could not be read again, and nothing is changed: \(error)")
        }
        documents.reload()
    }
}
