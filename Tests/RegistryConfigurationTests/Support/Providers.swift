import ConfigModel
import ConfigWatcher
import Configuration
import RegistryConfiguration

extension ProviderMode {
    /// Following, and two times to live: one that never passes in a test, one that has all the time.
    static let all: [ProviderMode] = [
        .following, .ttl(.seconds(3_600)), .ttl(.milliseconds(100), refreshAhead: 0.1),
    ]
}

extension DocumentServer {
    /// A provider of the document, without a word to the log.
    func provider(
        _ mode: ProviderMode = .following, options: WatcherOptions = WatcherOptions(),
        reading: ConfigReading = ConfigReading(), cache: ConfigCache = .none
    ) async throws -> RegistryConfigProvider {
        try await RegistryConfigProvider(
            key: key, source: self, mode: mode, cache: cache, options: options, reading: reading, logger: nil)
    }
}

extension WatcherOptions {
    /// Starts at once without a value.
    static let impatient = WatcherOptions(start: .allowStale(patience: .milliseconds(50)))
}

extension ConfigProvider {
    /// The value of a key written with dots; nil when there is none.
    func content(_ key: String, _ type: ConfigType) throws -> ConfigContent? {
        try value(forKey: AbsoluteConfigKey(ConfigKey(key)), type: type).value?.content
    }
}

extension ConfigType {
    static let all: [ConfigType] = [
        .string, .int, .double, .bool, .bytes, .stringArray, .intArray, .doubleArray, .boolArray, .byteChunkArray,
    ]
}
