import ConfigModel
import FoundationEssentials

/// Names the `CONFIGBUS_...` variables that no command reads: a typing mistake in one would otherwise go unseen.
enum UnreadVariables {
    /// Writes one line for each to standard error. No failure: a variable may belong to another program.
    static func warn() {
        for name in unread(ProcessInfo.processInfo.environment) {
            // Without what all of them begin with, by which any two would look alike.
            let words = known.sorted().map { String($0.dropFirst(prefix.count)) }
            let nearest = NearestName.nearest(to: String(name.dropFirst(prefix.count)), among: words)
            let hint = nearest.map { " Did you mean '\(prefix)\($0)'?" } ?? ""
            let sentence = "nothing reads \(name).\(hint)"
            StandardStream.error.write(
                StandardStream.error.colored("warning: ", .yellow) + ControlCharacters.escaped(sentence) + "\n")
        }
    }

    /// - Parameter environment: variables by name; an empty one counts as absent.
    static func unread(_ environment: [String: String]) -> [String] {
        environment.filter { name, value in
            name.hasPrefix(prefix) && !value.isEmpty && !known.contains(name) && !facts.contains(name)
                && !foreign.contains(where: name.hasPrefix)
        }.keys.sorted()
    }

    private static let prefix = "CONFIGBUS_"

    /// Stands in for a flag, or is a setting of `serve`.
    private static let known = Set(EnvironmentVariable.allCases.map(\.rawValue)).union(
        ServeSettings.names.map { prefix + $0.uppercased().replacing("-", with: "_") })

    /// What `watch` says to the commands that it starts, which may call this program.
    private static let facts = Set(
        ["SERVICE", "VERSION", "CHANGE_TYPE", "CONTENT_HASH", "EPOCH", "FILE"].map { prefix + $0 })

    /// Set by Kubernetes for a service that is called configbus, and by this repository's scripts and tests.
    private static let foreign = ["SERVICE_", "PORT_", "TEST_", "SERVICES_"].map { prefix + $0 }
}
