import ConfigAccess
import ConfigModel
import ConfigRegistry
import ConfigStore
import Logging
import ServiceLifecycle

/// Whether a registry needs a credential of its callers, as its settings and its store say.
struct ServeAuthentication: Sendable {
    /// What `--auth` says.
    enum Setting: String, CaseIterable, Sendable {
        /// As the store says, and as other settings need it.
        case auto
        case required
        case off
    }

    /// True when no caller is let in without a credential.
    let isRequired: Bool

    /// Decides, marks the store, and makes the first token where a file for it is named.
    static func start(_ settings: ServeSettings, _ store: any RegistryStore, logger: Logger) async throws -> Self {
        do {
            return try await decide(settings, store, logger)
        } catch let error as StoreError {
            throw CommandFailure.unreachable(error.description)
        }
    }

    private static func decide(
        _ settings: ServeSettings, _ store: any RegistryStore, _ logger: Logger
    ) async throws -> Self {
        let isMarked = try await store.state().authentication == .required
        if isMarked, settings.authentication == .off { throw marked }
        let isRequired = isMarked || settings.needsAuthentication
        let first = FirstToken(store: store, registry: RegistryName.registry(port: settings.port))
        if isRequired, !isMarked { try await first.set(.required) }
        if let path = settings.bootstrapFile {
            try await BootstrapFile(path: path, store: store, first: first, logger: logger).make()
        }
        let hasOthers = settings.jwt != nil || settings.tlsIdentities != nil
        if isRequired, !hasOthers { try await adviseWhenEmpty(settings, store) }
        return ServeAuthentication(isRequired: isRequired)
    }

    /// Said once, because nothing else would say why every caller is refused.
    private static func adviseWhenEmpty(_ settings: ServeSettings, _ store: any RegistryStore) async throws {
        let now = Timestamp.now
        guard try await !store.tokens().contains(where: { $0.isLiving(at: now) }) else { return }
        let command =
            settings.mongodbURI == nil
            ? "stop it and run 'configbus token bootstrap --data-dir \(settings.dataDirectory)'"
            : "run 'configbus token bootstrap' with the same --mongodb-uri"
        StandardStream.error.write(
            "serve: there is no living token yet: \(command), or start with --bootstrap-file FILE.\n")
    }

    static let marked = CommandFailure.usage(
        """
        This store has authentication: callers need a credential, and --auth off does not change that. Leave the flag out, or \
        run 'configbus admin auth --off' on the store.
        """)
}

/// Ends a registry that runs without authentication when its store says that callers need a credential.
struct AuthenticationWatch: Service {
    let access: AccessKeeper

    func run() async throws {
        try await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                let generation = access.generation
                if access.rule == .required { throw ServeAuthentication.marked }
                await access.wait(after: generation)
            }
        }
    }
}
