import AsyncSupport
import ConfigModel
import Glibc
import SystemPackage

/// A signal to the process whose number is in a file.
struct ProcessSignal: VersionEffect, Equatable {
    let number: CInt
    let pidFile: String

    var name: String { "the signal to the process of \(pidFile)" }
    /// Nothing is waited for.
    var limit: Duration { .seconds(1) }
    var isEnding: Bool { false }

    private static let numbers: [(name: String, number: CInt)] = [
        ("HUP", SIGHUP), ("USR1", SIGUSR1), ("USR2", SIGUSR2), ("INT", SIGINT), ("QUIT", SIGQUIT), ("TERM", SIGTERM),
        ("WINCH", SIGWINCH),
    ]

    /// Those that can be sent.
    static var names: [String] { numbers.map(\.name) }

    /// By a name such as `HUP` or `SIGHUP`.
    static func number(of name: String) -> CInt? {
        let name = name.uppercased()
        return numbers.first { $0.name == name || "SIG\($0.name)" == name }?.number
    }

    /// A service that does not run reads its file when it starts: then there is nothing to be sent.
    func run(_ content: [UInt8], _ facts: CommandFacts) async throws {
        guard let process = try process() else {
            return AgentNotice.say("\(pidFile) names no process that runs: its service reads the file when it starts.")
        }
        guard kill(process, number) != 0 else { return }
        let reason = Errno(rawValue: errno)
        guard reason != .noSuchProcess else { return }
        throw ApplyFailure("The signal could not be sent to process \(process), of \(pidFile): \(reason).")
    }

    /// nil when there is none.
    private func process() throws -> pid_t? {
        let text: String
        let written: Int64
        do {
            guard let facts = try Stat.ofLink(pidFile) else { return nil }
            guard !facts.permissions.contains(.otherWrite) else {
                throw ApplyFailure("\(pidFile) can be written by every user of this machine: no signal is sent by it.")
            }
            text = String(decoding: try RegularFile.read(pidFile, limit: 64), as: UTF8.self)
            written = Int64(facts.st_mtim.tv_sec)
        } catch let error as NotRegularFile {
            throw ApplyFailure("\(error.path) is no regular file: no signal is sent by it.")
        } catch let error as Errno {
            throw ApplyFailure("\(pidFile) cannot be read: \(error).")
        }
        let word = text.split(whereSeparator: \.isWhitespace).first.map(String.init) ?? ""
        // Zero and below would reach whole groups of processes, and 1 the machine.
        guard let process = pid_t(word), process > 1 else {
            throw ApplyFailure("\(pidFile) holds no number of a process above 1: no signal is sent.")
        }
        guard let started = ProcessTime.start(of: process) else { return nil }
        // Both are known to the second.
        guard started <= written + 1 else {
            throw ApplyFailure(
                "Process \(process) started after \(pidFile) was written, so that its number was another's: no signal is sent."
            )
        }
        return process
    }
}

/// When processes started.
enum ProcessTime {
    /// In seconds since 1970; nil when there is no such process.
    static func start(of process: pid_t) -> Int64? {
        guard let boot = boot, let text = text("/proc/\(process)/stat"),
            // The name in front of it may hold anything.
            let end = text.lastIndex(of: ")")
        else { return nil }
        let fields = text[text.index(after: end)...].split(separator: " ")
        // The 22nd, of which two are before the end of the name.
        guard fields.count > 19, let ticks = Int64(fields[19]) else { return nil }
        return boot + ticks / Int64(max(1, sysconf(Int32(_SC_CLK_TCK))))
    }

    /// When the system started.
    private static var boot: Int64? {
        text("/proc/stat")?.split(separator: "\n").first { $0.hasPrefix("btime ") }.flatMap { Int64($0.dropFirst(6)) }
    }

    private static func text(_ path: String) -> String? {
        (try? RegularFile.read(path)).map { String(decoding: $0, as: UTF8.self) }
    }
}
