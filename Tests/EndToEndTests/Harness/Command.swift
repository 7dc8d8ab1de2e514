import ConfigModel
import TestSupport

/// A command that has ended.
struct CommandResult: Sendable {
    let status: ExitStatus
    let output: String
    let errors: String

    var lines: [Substring] { output.split(separator: "\n", omittingEmptySubsequences: true) }

    /// The only line of the output as JSON.
    func json() throws -> JSONValue { try JSONValue(parsing: output) }

    /// The only line of the output as a JSON object.
    func object() throws -> JSONObject {
        guard case .object(let object) = try json() else { throw NotAnObject(line: output) }
        return object
    }

    /// The only line of the output as a full record; its hashes are checked.
    func record() throws -> VersionRecord { try VersionRecord(json: Array(output.utf8)) }
}

extension TestBench {
    /// Runs a command to its end.
    func configbus(
        _ arguments: String..., at registry: RunningRegistry? = nil, input: String = "",
        environment: [String: String] = [:]
    ) async throws -> CommandResult {
        try await configbus(arguments, at: registry, input: input, environment: environment)
    }

    /// Runs a command to its end.
    func configbus(
        _ arguments: [String], at registry: RunningRegistry? = nil, input: String = "",
        environment: [String: String] = [:]
    ) async throws -> CommandResult {
        let address = registry.map { ["CONFIGBUS_URL": $0.url] } ?? [:]
        return try await result(
            of: start(arguments, environment: address.merging(environment) { $1 }, input: input))
    }

    /// Runs a line of shell in which `configbus` is the program under test.
    func shell(_ script: String, at registry: RunningRegistry? = nil) async throws -> CommandResult {
        let program = try ConfigbusExecutable.path()
        return try await result(
            of: start(
                "/bin/sh", ["-c", "configbus() { '\(program)' \"$@\"; }; \(script)"],
                environment: registry.map { ["CONFIGBUS_URL": $0.url] } ?? [:]))
    }

    /// Waits for all output and the end.
    func result(of process: ChildProcess) async throws -> CommandResult {
        for await _ in process.output {}
        for await _ in process.errors {}
        return CommandResult(
            status: try await process.waitForExit(), output: process.output.text, errors: process.errors.text)
    }
}
