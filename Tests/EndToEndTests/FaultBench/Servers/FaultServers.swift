import Foundation
import TestSupport

/// A replica set of three members and a broker that only the fault bench uses: it may do to them what it likes.
struct FaultServers: Sendable {
    /// The servers of the running suite.
    @TaskLocal static var current: FaultServers?

    /// Where a developer keeps such servers running; they are not stopped then.
    private static let keptDirectory = ProcessInfo.processInfo.environment["CONFIGBUS_TEST_FAULT_SERVICES"]

    private let repository: String
    private let directory: String

    init() {
        repository = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().path
            .split(separator: "/").dropLast(5).map { "/\($0)" }.joined()
        directory =
            Self.keptDirectory ?? "\(repository)/.build/fault-services-\(ProcessInfo.processInfo.processIdentifier)"
    }

    /// Starts what is down and wakes what is suspended; returns when a primary and the broker take connections.
    func start() async throws {
        _ = try await run("start", "--members", "3")
    }

    /// Ends the servers and removes their data.
    func stop() async throws {
        if Self.keptDirectory == nil { _ = try await run("stop") }
    }

    /// Where they are.
    func settings() async throws -> FaultServerSettings {
        try FaultServerSettings(lines: await run("env"))
    }

    private func run(_ arguments: String...) async throws -> [String] {
        let process = try ChildProcess(
            "/bin/bash", ["\(repository)/scripts/services"] + arguments,
            environment: [
                "CONFIGBUS_SERVICES_DIR": directory, "CONFIGBUS_TEST_MONGODB_URI": "", "CONFIGBUS_TEST_AMQP_URI": "",
            ])
        guard try await process.waitForExit(within: .seconds(180)) == .exited(0) else {
            throw ServersFailed(transcript: process.transcript)
        }
        for await _ in process.output {}
        return process.output.lines
    }

    private struct ServersFailed: Error, CustomStringConvertible {
        let transcript: String

        var description: String { transcript }
    }
}
