import ConfigModel
import Foundation
import TestSupport

/// A `configbus audit` in its own process.
struct RunningAudit: Sendable {
    let process: ChildProcess
    let file: String

    /// All entries so far; none while there is no file.
    func entries() throws -> [AuditEntry] {
        guard let log = FileManager.default.contents(atPath: file) else { return [] }
        return try AuditEntry.entries(in: Array(log))
    }

    /// All lines, checkpoints too.
    func lineCount() throws -> Int {
        FileManager.default.contents(atPath: file)?.count { $0 == UInt8(ascii: "\n") } ?? 0
    }

    func entries(about key: DocumentKey) throws -> [AuditEntry] {
        try entries().filter { $0.key == key }
    }

    /// Waits until it has written so many entries about a document.
    @discardableResult
    func entries(_ count: Int, about key: DocumentKey) async throws -> [AuditEntry] {
        try await eventually("\(count) entries about \(key) in the audit") {
            let entries = try entries(about: key)
            return entries.count >= count ? entries : nil
        }
    }
}

extension TestBench {
    /// Starts the audit, or starts it again on the same file and queue.
    func startAudit(
        of registry: RunningRegistry, broker: String? = nil, file: String? = nil, _ arguments: [String] = []
    ) throws -> RunningAudit {
        let file = file ?? path("audit.jsonl")
        let line =
            try [
                "audit", "--amqp-uri", broker ?? brokerURI(), "--exchange", exchange, "--name", name,
                "--file", file,
            ] + arguments
        return RunningAudit(process: try start(line, environment: ["CONFIGBUS_URL": registry.url]), file: file)
    }
}
