import FoundationEssentials

/// Prometheus' own checker (Debian package `prometheus`).
package enum Promtool {
    private static let path = "/usr/bin/promtool"

    /// Whether it is installed.
    package static var isAvailable: Bool { FileManager.default.isExecutableFile(atPath: path) }

    /// Checks something.
    ///
    /// - Returns: what it complains about; empty when it does not.
    package static func complaints(_ arguments: [String], input: String = "") async throws -> String {
        let process = try ChildProcess(path, arguments, input: Array(input.utf8))
        let status = try await process.waitForExit(within: .seconds(60))
        if status == .exited(0), process.errors.text.isEmpty { return "" }
        return process.transcript
    }
}
