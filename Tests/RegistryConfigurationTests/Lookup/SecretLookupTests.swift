import ConfigWatcher
import Configuration
import RegistryConfiguration
import Synchronization
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct SecretLookupTests {
    private static let document = """
        {"db":{"password":{"$secret":"test:db"},"user":"u","tokens":["a",{"$secret":"test:token"}],"hosts":["h"]}}
        """

    @Test func whatWasResolvedIsSecret() async throws {
        let provider = try await provider(NamedSecrets())
        let password = try provider.value(forKey: ["db", "password"], type: .string).value
        #expect(password == ConfigValue(.string("secret of db"), isSecret: true))
        #expect(password.map { "\($0)" } == "[string: <REDACTED>]")
        let tokens = try provider.snapshot().value(forKey: ["db", "tokens"], type: .stringArray).value
        #expect(tokens == ConfigValue(.stringArray(["a", "secret of token"]), isSecret: true))
        for (key, type) in [("user", ConfigType.string), ("hosts", .stringArray)] {
            let value = try provider.value(forKey: ["db", key], type: type).value
            #expect(value?.isSecret == false)
        }
        let error = #expect(throws: WatcherError.self) {
            try provider.value(forKey: ["db", "password"], type: .int)
        }
        #expect(error?.message.contains("secret of") == false)
        #expect(!"\(provider)".contains("secret of"))
    }

    @Test func aSecretThatChangedIsAnUpdateOfTheSameVersion() async throws {
        let secrets = NamedSecrets()
        let provider = try await provider(secrets)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await provider.watcher.refreshSecrets(every: .milliseconds(20)).run() }
            try await provider.watchValue(forKey: ["db", "password"], type: .string) { updates in
                var results = updates.makeAsyncIterator()
                let first = try await results.next(isolation: #isolation)?.get()
                #expect(first?.value?.content == .string("secret of db"))
                secrets.prefix.withLock { $0 = "new secret of" }
                let second = try await results.next(isolation: #isolation)?.get()
                #expect(second?.value?.content == .string("new secret of db"))
            }
            group.cancelAll()
        }
        #expect(provider.watcher.current.version == 1)
    }

    private func provider(_ secrets: NamedSecrets) async throws -> RegistryConfigProvider {
        var options = WatcherOptions()
        options.secrets = ["test": secrets]
        return try await DocumentServer(Self.document).provider(options: options)
    }

    private final class NamedSecrets: SecretResolver {
        let prefix = Mutex("secret of")

        func secret(at place: String) async throws -> String { "\(prefix.withLock { $0 }) \(place)" }
    }
}
