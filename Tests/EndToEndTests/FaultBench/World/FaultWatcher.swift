import ConfigModel
import Foundation
import TestSupport

/// The kinds of watchers that follow the documents of a scenario.
enum FaultWatcher: CaseIterable {
    /// Over the broker, asks the registry about every announcement, gives each version to a command.
    case handler
    /// Over the registry's own stream; where everything is secured, it believes only what the registries' key signed.
    case stream
    /// Over the broker, believes only what the registries' key signed.
    case signed

    /// Starts it in its own process.
    func start(in world: FaultCluster) throws -> RunningWatcher {
        let services = world.documents.map(\.service)
        let arguments =
            world.access.arguments(.watchers)
            + (world.parties.pollSeconds.map { ["--poll-interval", "\($0)"] } ?? [])
        let trust = ["--trusted-keys", world.keys.publicKey]
        switch self {
        case .handler:
            let directory = Self.directory(in: world)
            return try world.bench.startWatcher(
                of: services, at: world.registries[0], broker: world.proxies.watchers.uri,
                arguments + [
                    "--exec", Self.command(in: world), "--cache", "\(directory)/cache",
                    "--out", "\(directory)/{service}.json",
                ])
        case .stream:
            return try world.bench.startWatcher(
                of: services, at: world.registries[1], over: .serverSentEvents,
                world.access.mode == .secured ? arguments + trust : arguments)
        case .signed:
            return try world.bench.startWatcher(
                of: services, at: world.registries[0], broker: world.proxies.watchers.uri,
                arguments + trust)
        }
    }

    /// What the commands of all runs were given.
    static func deliveries(in world: FaultCluster) throws -> [HandlerCheck.Delivery] {
        let text = try String(contentsOfFile: world.bench.path("handled"), encoding: .utf8)
        return try text.split(separator: "\n").map { line in
            let words = line.split(separator: " ")
            guard words.count == 3, let version = Int64(words[1]) else { throw NotAnObject(line: String(line)) }
            return HandlerCheck.Delivery(
                key: try DocumentKey(service: String(words[0]), environment: "prod"), version: version,
                contentHash: "sha256:\(words[2])")
        }
    }

    /// The file that the watcher with a handler replaces.
    static func file(of key: DocumentKey, in world: FaultCluster) -> [UInt8]? {
        FileManager.default.contents(atPath: "\(directory(in: world))/\(key.service).json").map { Array($0) }
    }

    private static func directory(in world: FaultCluster) -> String {
        world.parties.watcherDirectory ?? world.bench.directory
    }

    /// Notes the hash of the bytes that arrived, not the one that the watcher tells.
    private static func command(in world: FaultCluster) -> String {
        """
        hash=$(sha256sum) && echo "$CONFIGBUS_SERVICE $CONFIGBUS_VERSION ${hash%% *}" >>'\(world.bench.path("handled"))'
        """
    }
}
