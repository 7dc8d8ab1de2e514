import Foundation

/// A server in a process of its own.
final class ServerProcess {
    let port: Int
    private let process = Process()

    /// `configbus serve` with the options that name the store.
    static func registry(_ program: String, store: [String]) throws -> ServerProcess {
        try ServerProcess(program, ["serve", "--port", "0", "--log-level", "warning"] + store)
    }

    /// The constant, by this program.
    static func constant(size: Int) throws -> ServerProcess {
        guard let program = Bundle.main.executablePath else {
            throw UsageError(description: "The path of this program is not known.")
        }
        return try ServerProcess(program, ["constant", "--size", String(size)])
    }

    private init(_ program: String, _ arguments: [String]) throws {
        let output = Pipe()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.standardOutput = output
        try process.run()
        // `listening on http://127.0.0.1:12345`
        var line = ""
        while !line.contains("\n") {
            let bytes = output.fileHandleForReading.availableData
            guard !bytes.isEmpty else { throw UsageError(description: "\(program) \(arguments[0]) ended at once.") }
            line += String(decoding: bytes, as: UTF8.self)
        }
        guard let text = line.split(separator: ":").last, let port = Int(text.prefix { $0.isNumber }) else {
            throw UsageError(description: "\(program) \(arguments[0]) said '\(line)'.")
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
