public import ConfigModel
public import Configuration

/// How a provider turns a document's values into configuration values.
public struct ConfigReading: Sendable {
    /// Also take values that are written as text: `"5432"` for an integer, `"yes"` for a boolean, `"a, b"` for an array,
    /// as `LenientReader` does. Nothing is rounded in either case. Default: false.
    public var isLenient: Bool
    /// Makes bytes of strings. Default: `.base64`.
    public var bytesDecoder: any ConfigBytesFromStringDecoder
    /// Which values are secret, by key (its components joined with `.`) and value. What was resolved by
    /// `WatcherOptions.secrets` is secret in any case. Default: `.none`.
    public var secretsSpecifier: SecretsSpecifier<String, JSONValue>
    /// What a fetch does when the registry does not answer. Default: `.lastKnown`.
    public var fetching: FetchPolicy

    /// What a fetch does when the registry does not answer.
    public enum FetchPolicy: Sendable, Equatable {
        /// It returns the last known value.
        case lastKnown
        /// It throws the `WatcherError`.
        case throwing
    }

    /// Describes how values are read.
    public init(
        isLenient: Bool = false, bytesDecoder: some ConfigBytesFromStringDecoder = .base64,
        secretsSpecifier: SecretsSpecifier<String, JSONValue> = .none, fetching: FetchPolicy = .lastKnown
    ) {
        self.isLenient = isLenient
        self.bytesDecoder = bytesDecoder
        self.secretsSpecifier = secretsSpecifier
        self.fetching = fetching
    }
}
