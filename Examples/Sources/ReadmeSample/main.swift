import ConfigWatcher
import RegistrySource

// Names in the document may be in snake_case: "db_host" is read into dbHost.
struct ParsingConfig: Decodable, Sendable {
    var dbHost: String
    var maxConnections: Int
}

let watcher = try ConfigWatcher<ParsingConfig>(
    key: "parsing/prod", source: .registry(CommandLine.arguments[1]), cache: .directory("parsing-cache"))
watcher.onReload("database", priority: 50, timeout: .seconds(5)) { old, new in
    print("\(new.dbHost), at most \(new.maxConnections) connections")
}
try await watcher.run()  // a ServiceLifecycle service, and it logs what it applies
