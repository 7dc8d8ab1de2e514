import ConfigModel
import Foundation
import Glibc
import TestSupport
import Testing

/// A `configbus agent` in its own process.
struct RunningAgent: Sendable {
    let process: ChildProcess

    /// What it reported, as a watcher does.
    var reports: RunningWatcher { RunningWatcher(process: process) }

    /// Waits for a line on standard error that holds a text.
    @discardableResult
    func says(_ part: String) async throws -> String {
        for await line in process.errors where line.contains(part) { return line }
        throw NeverSaid(part: part, transcript: process.transcript)
    }

    /// The port at which it says how it is.
    func statusPlace() async throws -> String {
        let line = try await says("status at http://")
        return line.split(separator: ":").last.map { String($0.prefix { $0.isNumber }) } ?? ""
    }

    private struct NeverSaid: Error, CustomStringConvertible {
        let part: String
        let transcript: String

        var description: String { "the agent never said '\(part)'\n\(transcript)" }
    }
}

extension TestBench {
    /// The agent's settings, written to `agent.yaml`.
    ///
    /// - Parameter documents: one text each, the fields of a document as flow mappings: `key: parsing/prod, path: x`.
    func writeAgentSettings(_ registry: RunningRegistry, _ documents: [String], more: String = "") throws {
        let list = documents.map { "  - {\($0)}\n" }.joined()
        try write("registry: {url: '\(registry.url)'}\ncache: cache\n\(more)documents:\n\(list)", to: "agent.yaml")
    }

    func write(_ text: String, to file: String) throws {
        try Data(text.utf8).write(to: URL(filePath: path(file)), options: .atomic)
    }

    /// What a file holds; nil when there is none.
    func text(of file: String) -> String? {
        FileManager.default.contents(atPath: path(file)).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The names in the test's folder that contain a text.
    func files(like part: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: directory).filter { $0.contains(part) }.sorted()
    }

    /// Starts the agent with `agent.yaml`.
    func startAgent(environment: [String: String] = [:]) throws -> RunningAgent {
        RunningAgent(
            process: try start(
                ["agent", "--config", path("agent.yaml"), "--output", "json"], environment: environment))
    }

    /// What an agent answers, and its status code.
    func answer(
        _ path: String, of port: String, as name: String = "127.0.0.1"
    ) async throws -> (text: String, code: Substring) {
        let script = """
            exec 3<>"/dev/tcp/127.0.0.1/$0"
            printf 'GET %s HTTP/1.1\\r\\nHost: %s\\r\\nConnection: close\\r\\n\\r\\n' "$1" "$2" >&3
            cat <&3
            """
        let result = try await result(of: start("/bin/bash", ["-c", script, port, path, name]))
        return (result.output, result.output.split(separator: " ").dropFirst().first ?? "")
    }
}
