import ConfigModel
import Foundation
import Synchronization
import TestSupport
import Testing

/// The world of one test: names on the real servers that nobody else uses, a directory, and all that was started.
final class TestBench: Sendable {
    @TaskLocal static var current: TestBench?

    /// Part of every name that this test makes on a server.
    let name: String
    /// The document that a test is about when one is enough.
    let parsing: DocumentKey
    /// A directory that is removed afterwards.
    let directory: String
    private let given: TestServers?
    private let started = Mutex(Started())

    private struct Started {
        var processes: [ChildProcess] = []
        var tasks: [Task<Void, any Error>] = []
        var proxies: [TCPProxy] = []
        var usesDatabase = false
        var usesBroker = false
    }

    /// - Parameter servers: nil for a test that needs none.
    init(on servers: TestServers? = .shared) throws {
        given = servers
        name = "e2e-" + UUID().uuidString.prefix(8).lowercased()
        parsing = try DocumentKey(service: "parsing", environment: "prod")
        directory = "\(NSTemporaryDirectory())/configbus-\(name)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    }

    var database: String { name.replacing("-", with: "_") }
    var exchange: String { "\(name).changes" }

    func path(_ file: String) -> String { "\(directory)/\(file)" }

    /// Starts the program under test; it ends with the test at the latest.
    func start(
        _ arguments: [String], environment: [String: String] = [:], input: String = ""
    ) throws -> ChildProcess {
        try start(ConfigbusExecutable.path(), arguments, environment: environment, input: input)
    }

    /// Starts any program; it ends with the test at the latest.
    func start(
        _ executable: String, _ arguments: [String], environment: [String: String] = [:], input: String = ""
    ) throws -> ChildProcess {
        // What the developer set for himself must not reach the program.
        let inherited = ProcessInfo.processInfo.environment.keys.filter { $0.hasPrefix("CONFIGBUS_") }
        let environment = Dictionary(inherited.map { ($0, "") }) { first, _ in first }.merging(environment) { $1 }
        let process = try ChildProcess(executable, arguments, environment: environment, input: Array(input.utf8))
        started.withLock { $0.processes.append(process) }
        return process
    }

    /// Runs beside the test until it ends.
    func runBeside(_ body: @escaping @Sendable () async throws -> Void) {
        let task = Task { try await body() }
        started.withLock { $0.tasks.append(task) }
    }

    /// Closes a proxy with the test.
    func keep(_ proxy: TCPProxy) -> TCPProxy {
        started.withLock { $0.proxies.append(proxy) }
        return proxy
    }

    /// What all processes said.
    var transcript: String {
        started.withLock { $0.processes }.map(\.transcript).joined(separator: "\n")
    }

    /// Ends everything and removes what was made on the servers.
    func close() async throws {
        let started = started.withLock { $0 }
        for task in started.tasks { task.cancel() }
        for task in started.tasks { _ = await task.result }
        for process in started.processes { process.send(SIGKILL) }
        for process in started.processes { _ = try await process.waitForExit() }
        for proxy in started.proxies { proxy.close() }
        try FileManager.default.removeItem(atPath: directory)
        if started.usesBroker {
            let client = try await servers.broker.rawClient()
            // The durable queues of an audit and of a recorder with this name.
            try await client.deleteQueue("configbus.audit.\(exchange).\(name)")
            try await client.deleteQueue("configbus.recorder.\(name)")
            try await client.deleteExchange(exchange)
        }
        if started.usesDatabase { try await TestDatabase.drop(database, on: servers) }
    }
}

extension TestBench {
    /// The servers on which this test has names of its own.
    var servers: TestServers {
        get throws {
            guard let given else { throw MissingServer() }
            return given
        }
    }

    /// This test's database on the real MongoDB.
    func databaseURI() throws -> String {
        started.withLock { $0.usesDatabase = true }
        return try servers.mongodbURI(database: database)
    }

    /// The same through a proxy.
    func databaseProxy() throws -> (proxy: TCPProxy, uri: String) {
        started.withLock { $0.usesDatabase = true }
        let (proxy, uri) = try servers.mongodbProxy(database: database)
        return (keep(proxy), uri)
    }

    /// The real broker, on which this test has an exchange of its own.
    func brokerURI() throws -> String {
        started.withLock { $0.usesBroker = true }
        return try servers.broker.uri()
    }

    /// The same through a proxy.
    func brokerProxy(options: String = "") throws -> (proxy: TCPProxy, uri: String) {
        started.withLock { $0.usesBroker = true }
        let proxy = keep(try servers.broker.proxy())
        return (proxy, try servers.broker.uri(port: proxy.port, options: options))
    }

    /// The same over TLS.
    func brokerProxy(to encrypted: EncryptedServers, options: String) throws -> (proxy: TCPProxy, uri: String) {
        started.withLock { $0.usesBroker = true }
        let (proxy, uri) = try encrypted.brokerProxy(options: options)
        return (keep(proxy), uri)
    }
}

/// Runs a test in a world of its own.
func withBench(
    on servers: TestServers? = .shared, _ body: (TestBench) async throws -> Void
) async throws {
    let bench = try TestBench(on: servers)
    do {
        try await TestBench.$current.withValue(bench) { try await body(bench) }
    } catch let error as ExpectationFailedError {
        // Its issue is recorded already, with what the processes said.
        try await bench.close()
        throw error
    } catch {
        let transcript = bench.transcript
        try await bench.close()
        throw TestBenchFailure(error: error, transcript: transcript)
    }
    try await bench.close()
}

/// An error that ended a test, and what the processes had said by then.
struct TestBenchFailure: Error, CustomStringConvertible {
    let error: any Error
    let transcript: String

    var description: String { "\(error)\n\(transcript)" }
}
