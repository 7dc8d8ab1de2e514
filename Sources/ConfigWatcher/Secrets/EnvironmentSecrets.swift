/// Secrets in environment variables of this process: `{"$secret": "env:DB_PASSWORD"}`. Only the variables that are listed can
/// be named.
public struct EnvironmentSecrets: SecretResolver {
    private let names: Set<String>
    private let value: @Sendable (String) -> String?

    /// Allows these variables.
    public init(_ names: [String]) {
        self.init(names, value: ProcessEnvironment.value)
    }

    /// The same with another environment.
    package init(_ names: [String], value: @escaping @Sendable (String) -> String?) {
        self.names = Set(names)
        self.value = value
    }

    /// The value of a variable.
    public func secret(at place: String) async throws -> String {
        guard names.contains(place) else {
            throw SecretError("It names an environment variable that is not listed.")
        }
        guard let value = value(place) else {
            throw SecretError("The environment variable \(place) is not set, or not in UTF-8.")
        }
        return value
    }
}
