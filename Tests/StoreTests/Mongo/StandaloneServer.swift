import Foundation
import Logging
import TestSupport

@testable import MongoStore

/// A MongoDB server that is no member of a replica set, of the same program as the one that the environment started.
enum StandaloneServer {
    /// Its program and where its libraries are; nil when the environment does not say which process it started.
    static let program: (path: String, environment: [String: String])? = {
        guard let pid = ServiceEnvironment.mongodbPID,
            let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(pid)/exe"),
            let variables = FileManager.default.contents(atPath: "/proc/\(pid)/environ")
        else { return nil }
        let name = "LD_LIBRARY_PATH="
        let libraries = variables.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
            .first { $0.hasPrefix(name) }
        return (path, libraries.map { [String(name.dropLast()): String($0.dropFirst(name.count))] } ?? [:])
    }()

    /// Lends the URI of a new server, whose data is in a directory that is removed.
    static func with(_ body: (_ uri: String) async throws -> Void) async throws {
        guard let program else { return }
        try await TemporaryDirectory.with { directory in
            let port = try TestSocket.freePort()
            let process = Process()
            process.executableURL = URL(fileURLWithPath: program.path)
            process.arguments = [
                "--bind_ip", "127.0.0.1", "--port", "\(port)", "--dbpath", directory.path, "--nounixsocket",
                "--wiredTigerCacheSizeGB", "0.25", "--setParameter", "diagnosticDataCollectionEnabled=false",
            ]
            process.environment = program.environment
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
            defer {
                process.terminate()
                process.waitUntilExit()
            }
            try await body("mongodb://127.0.0.1:\(port)/configbus")
        }
    }
}
