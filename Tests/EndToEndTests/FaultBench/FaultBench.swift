import Foundation
import TestSupport
import Testing

/// Processes, servers and connections are broken on purpose while writers write; then everything that was recorded is judged.
@Suite(
    "Fault bench", .serialized, .timeLimit(.minutes(FaultLength.isLong ? 10 : 3)), .showsProcesses, .ownServers,
    .enabled(
        if: ProcessInfo.processInfo.environment["CONFIGBUS_TEST_STARTED_URIS"] != nil,
        "The servers are not those of scripts/services, which alone may be killed: run scripts/test"))
enum FaultBench {}

/// How long a scenario holds its load before, during and after the fault.
enum FaultLength {
    private static let environment = ProcessInfo.processInfo.environment

    /// Longer runs are asked for.
    static let isLong = environment["CONFIGBUS_TEST_FAULTS"] == "1"

    /// The length of one phase; `CONFIGBUS_TEST_FAULT_SECONDS` names another one.
    static let phase: Duration =
        environment["CONFIGBUS_TEST_FAULT_SECONDS"].flatMap { Double($0) }.map { .seconds($0) }
        ?? (isLong ? .seconds(10) : .seconds(1))

    /// How long a writer waits for one response before it asks again, and then another registry.
    static let attempt = Duration.seconds(3)
}
