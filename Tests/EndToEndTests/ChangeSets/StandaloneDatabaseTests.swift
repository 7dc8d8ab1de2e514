import ConfigModel
import Foundation
import RegistryAPI
import RegistryClient
import TestSupport
import Testing

extension EndToEnd {
    /// A MongoDB server outside of a replica set keeps versions, but no transactions.
    @Suite(
        .enabled(
            if: StandaloneDatabase.isThere,
            "The servers are not those of scripts/services, whose mongod can be started once more."))
    struct StandaloneDatabaseTests {
        @Test func changeSetsAreRefusedAndPlainPublishesWork() async throws {
            try await withBench { bench in
                let database = try await StandaloneDatabase.start(in: bench)
                let registry = try await bench.startRegistry(store: .mongodb(uri: database))
                let content = try Content(parsing: Array(#"{"n":1}"#.utf8))
                let set = ChangeSetPublication([DocumentChange(.publish(content), of: bench.parsing)])
                let error = await #expect(throws: RegistryClientError.self) {
                    try await registry.client.publish(changeSet: set)
                }
                #expect(error?.status == 501 && error?.problem?.type == "not-supported", "\(error?.message ?? "")")
                #expect(try await registry.publish(#"{"n":1}"#, as: bench.parsing).version == 1)
                #expect(try await registry.status() == .healthy)
            }
        }
    }
}

/// A server that is started with the program and libraries of the one that runs.
enum StandaloneDatabase {
    private static let running = ProcessInfo.processInfo.environment["CONFIGBUS_TEST_MONGODB_PIDS"]?
        .split(separator: " ").first.map(String.init)

    static var isThere: Bool {
        running.map { FileManager.default.fileExists(atPath: "/proc/\($0)/exe") } ?? false
    }

    /// Starts it; it ends with the test.
    ///
    /// - Returns: the URI of a database.
    static func start(in bench: TestBench) async throws -> String {
        guard let running else { throw MissingServer() }
        let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(running)/exe")
        let variables = FileManager.default.contents(atPath: "/proc/\(running)/environ") ?? Data()
        let libraries = variables.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
            .first { $0.hasPrefix("LD_LIBRARY_PATH=") }?.dropFirst("LD_LIBRARY_PATH=".count)
        let directory = bench.path("standalone")
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        let port = try TestSocket.freePort()
        let process = try bench.start(
            program,
            [
                "--dbpath", directory, "--bind_ip", "127.0.0.1", "--port", "\(port)", "--nounixsocket",
                "--wiredTigerCacheSizeGB", "0.25", "--setParameter", "diagnosticDataCollectionEnabled=false",
            ], environment: ["LD_LIBRARY_PATH": libraries.map { String($0) } ?? ""])
        guard await process.output.first(where: { $0.contains("Waiting for connections") }) != nil else {
            throw MissingServer()
        }
        return "mongodb://127.0.0.1:\(port)/\(bench.database)"
    }
}
