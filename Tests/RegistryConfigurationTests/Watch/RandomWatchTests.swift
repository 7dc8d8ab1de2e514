import ConfigModel
import ConfigWatcher
import Configuration
import RegistryConfiguration
import Synchronization
import TestSupport
import Testing

/// Random documents, keys and types beneath a reader with another provider above.
@Suite(.timeLimit(.minutes(1))) struct RandomWatchTests {
    @Test(arguments: Array(0..<12) as [UInt64])
    func theSequenceEndsWithTheNewestValueAfterAnyNumberOfChanges(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let server = try DocumentServer(document(&random))
        let provider = try await server.provider()
        let above = MutableInMemoryProvider(initialValues: [:])
        let config = ConfigReader(providers: [above, provider]).scoped(to: "scope")
        let watched = (0..<4).map { _ in
            Watched(key: Self.names.randomElement(using: &random) ?? "a", type: anyType(&random))
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for watched in watched {
                group.addTask {
                    try await config.watch(ConfigKey([watched.key]), watched.type) { watched.last.set($0) }
                }
            }
            for _ in 0..<Int.random(in: 1...12, using: &random) {
                try server.publish(document(&random))
                if Bool.random(using: &random) {
                    let value: ConfigValue? = Bool.random(using: &random) ? 5 : nil
                    above.setValue(value, forKey: ["scope", Self.names.randomElement(using: &random) ?? "a"])
                }
                if Bool.random(using: &random) { await Task.yield() }
            }
            try server.publish(document(&random))
            let version = server.version
            try await eventually("all is applied") { provider.watcher.current.version == version }
            for watched in watched {
                let newest = newest(watched, above, provider)
                try await eventually("\(watched.key) as \(watched.type) is \(String(describing: newest))") {
                    watched.last.value == .some(newest)
                }
            }
            group.cancelAll()
        }
    }

    private static let names = ["a", "b", "c"]

    private struct Watched: Sendable {
        let key: String
        let type: ConfigType
        let last = LastValue()
    }

    private final class LastValue: Sendable {
        private let content = Mutex<ConfigContent??>(nil)

        var value: ConfigContent?? { content.withLock { $0 } }

        func set(_ value: ConfigContent?) { content.withLock { $0 = .some(value) } }
    }

    private func anyType(_ random: inout SeededGenerator) -> ConfigType {
        ConfigType.all.randomElement(using: &random) ?? .string
    }

    private func document(_ random: inout SeededGenerator) -> String {
        var members: [String] = []
        for name in Self.names where Int.random(in: 0..<4, using: &random) > 0 {
            let samples = anyType(&random).samples.map { $0.json } + ["null", "{}", "[{}]"]
            members.append("\"\(name)\":\(samples.randomElement(using: &random) ?? "1")")
        }
        return "{\"scope\":{\(members.joined(separator: ","))}}"
    }

    /// What a reader has to say: the first provider with a value or a failure decides, and a failure is no value.
    private func newest(
        _ watched: Watched, _ above: MutableInMemoryProvider, _ provider: RegistryConfigProvider
    ) -> ConfigContent? {
        let key = AbsoluteConfigKey(["scope", watched.key])
        do {
            return try above.value(forKey: key, type: watched.type).value?.content
                ?? provider.value(forKey: key, type: watched.type).value?.content
        } catch {
            return nil
        }
    }
}
