import Foundation

/// `configbus serve` in a process of its own.
final class RegistryProcess {
    let port: Int
    private let process = Process()

    /// - Parameter store: the options that name the store.
    init(program: String, store: [String]) throws {
        let output = Pipe()
        process.executableURL = URL(filePath: program)
        process.arguments = ["serve", "--port", "0", "--log-level", "warning"] + store
        process.standardOutput = output
        try process.run()
        // `listening on http://127.0.0.1:12345`
        var line = ""
        while !line.contains("\n") {
            let bytes = output.fileHandleForReading.availableData
            guard !bytes.isEmpty else { throw UsageError(description: "\(program) serve ended at once.") }
            line += String(decoding: bytes, as: UTF8.self)
        }
        guard let text = line.split(separator: ":").last, let port = Int(text.prefix { $0.isNumber }) else {
            throw UsageError(description: "\(program) serve said '\(line)'.")
        }
        self.port = port
    }

    /// What the process holds in memory.
    var residentBytes: Int {
        get throws {
            let status = try String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)
            let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
            let kilobytes = line?.split(separator: " ").dropFirst().first.flatMap { Int($0.filter(\.isNumber)) }
            return (kilobytes ?? 0) * 1_024
        }
    }

    func stop() {
        process.terminate()
        process.waitUntilExit()
    }
}
