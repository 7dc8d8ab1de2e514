import ConfigModel
import ConfigWatcher
import RegistryClient
import ServiceLifecycle

/// Says on standard error what is waited for.
struct WatchNotices: Service {
    /// What stands in front of each line.
    let program: String
    let conditions: AsyncStream<WatchCondition>
    let news: AsyncStream<WatchNews>.Continuation
    /// nil when files are followed.
    let client: RegistryClient?
    /// A document that does not exist is a response.
    let isOnce: Bool
    /// Which file of a document is not there.
    var absence: @Sendable (DocumentKey) async -> String? = { _ in nil }

    func run() async throws {
        for await condition in conditions.cancelOnGracefulShutdown() {
            switch condition {
            case .missing(let key):
                let sentence = await missing(key)
                if !isOnce {
                    say(sentence + " It is applied as soon as it is \(client == nil ? "there" : "published").")
                }
                news.yield(.missing(key, sentence))
            case .unanswered(let key, let reason): say("\(key): \(reason)")
            case .refused(let key, let reason):
                news.yield(.notAllowed(reason))
                say("\(key): \(reason) It is tried again until it is granted.")
            case .granted(let key): say("\(key) can be read again.")
            case .registryAway(let reason, let cause):
                news.yield(.registryAway)
                if Self.refusals.contains(cause) { news.yield(.notAllowed(reason)) }
                say(reason + " It is tried again until it answers.")
            case .registryBack: say("The registry answers again.")
            case .sourceAway(let reason):
                let consequence = client == nil ? "" : " Until it is back changes are found by polling the registry."
                say(reason + (reason.hasSuffix(".") ? "" : ".") + consequence)
            case .sourceBack: say("Changes arrive at once again.")
            case .unannounced(let key, let version, let exchange):
                say(Self.unannounced(key, version, exchange: exchange))
            }
        }
        try await gracefulShutdown()
    }

    private func missing(_ key: DocumentKey) async -> String {
        if let client { return await client.missing(key).description }
        return await absence(key) ?? "There is no file of \(key)."
    }

    /// The registry answers, and does not let the documents be read.
    private static let refusals: Set<String> = [
        RegistryClientError.Code.unauthorized.rawValue, RegistryClientError.Code.forbidden.rawValue,
    ]

    private static func unannounced(_ key: DocumentKey, _ version: Int64, exchange: String?) -> String {
        let place = exchange.map { "the exchange '\($0)'" } ?? "the bus"
        return
            "\(key): version \(version) was found by polling and not announced on \(place): does the registry announce there? "
            + "'configbus doctor --amqp-uri URI\(exchange.map { " --exchange \($0)" } ?? "")' says. Until then changes are found by "
            + "asking the registry (--poll-interval)."
    }

    private func say(_ sentence: String) {
        StandardStream.error.write("\(program): \(ControlCharacters.escaped(sentence))\n")
    }
}
