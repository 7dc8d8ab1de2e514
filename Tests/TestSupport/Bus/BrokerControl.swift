import Glibc

/// The broker's administration command, when the environment names one.
package struct BrokerControl: Sendable {
    package static let variable = "CONFIGBUS_TEST_RABBITMQCTL"

    /// nil when the environment names none.
    package static let shared: BrokerControl? = getenv(variable).map { BrokerControl(path: String(cString: $0)) }

    /// Whether tests may do things that every client of the broker feels.
    package static let mayDisturbOthers = getenv("CONFIGBUS_TEST_FAULTS").map { String(cString: $0) } == "1"

    private let path: String

    /// The command at a path.
    package init(path: String) { self.path = path }

    /// Runs the command to its end and returns the lines of its output.
    @discardableResult
    package func run(_ arguments: String...) async throws -> [String] {
        try await end(ChildProcess(path, ["--quiet"] + arguments))
    }

    /// Runs a script of a shell in which `rabbitmqctl` is the command, up to the first line that fails.
    @discardableResult
    package func run(script: String) async throws -> [String] {
        let prelude = "set -e\nrabbitmqctl() { '\(path)' --quiet \"$@\"; }\n"
        return try await end(ChildProcess("/bin/sh", ["-c", prelude + script]))
    }

    private func end(_ child: ChildProcess) async throws -> [String] {
        let status = try await child.waitForExit(within: .seconds(60))
        guard status == .exited(0) else { throw BrokerControlFailed(transcript: child.transcript) }
        for await _ in child.output {}
        return child.output.lines
    }
}

/// The command did not end with success.
struct BrokerControlFailed: Error, CustomStringConvertible {
    let transcript: String

    var description: String { transcript }
}
