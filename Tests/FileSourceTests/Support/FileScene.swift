import ConfigModel
import ConfigWatcher
import FoundationEssentials
import Glibc
import Synchronization
import TestSupport

@testable import FileSource

/// Files of one test, with the system calls that programs make to change them.
struct FileScene: Sendable {
    let root: String

    static func with<Result>(_ body: (FileScene) async throws -> Result) async throws -> Result {
        try await TemporaryDirectory.with { try await body(FileScene(root: $0.path)) }
    }

    func path(_ name: String) -> String { "\(root)/\(name)" }

    func makeDirectory(_ name: String) throws {
        try FileManager.default.createDirectory(atPath: path(name), withIntermediateDirectories: true)
    }

    /// Truncates the file that is there, or makes one, and writes.
    func write(_ text: String, to name: String) throws {
        try run("open", open(path(name), O_WRONLY | O_CREAT | O_TRUNC, 0o644)) { descriptor in
            try write(text, descriptor)
        }
    }

    func append(_ text: String, to name: String) throws {
        try run("open", open(path(name), O_WRONLY | O_APPEND)) { descriptor in try write(text, descriptor) }
    }

    /// Writes beside the file and renames.
    func replace(_ name: String, with text: String, over temporary: String? = nil) throws {
        let other = temporary ?? "\(name).\(UInt32.random(in: 0 ... .max)).tmp"
        try write(text, to: other)
        try rename(other, name)
    }

    func rename(_ old: String, _ new: String) throws { try check("rename", Glibc.rename(path(old), path(new))) }

    func remove(_ name: String) throws { try check("unlink", unlink(path(name))) }

    func link(_ name: String, to target: String) throws { try check("symlink", symlink(target, path(name))) }

    /// Makes a link lead elsewhere at once.
    func relink(_ name: String, to target: String) throws {
        try link("\(name).new", to: target)
        try rename("\(name).new", name)
    }

    func makeFIFO(_ name: String) throws { try check("mkfifo", mkfifo(path(name), 0o644)) }

    func changeMode(_ name: String, _ mode: UInt32) throws { try check("chmod", chmod(path(name), mode)) }

    func touch(_ name: String) throws { try check("utimes", utimes(path(name), nil)) }

    private func write(_ text: String, _ descriptor: Int32) throws {
        var text = text
        let count = text.withUTF8 { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        guard count == text.utf8.count else { throw CallFailed(call: "write", number: errno) }
    }

    private func run(_ call: String, _ descriptor: Int32, _ body: (Int32) throws -> Void) throws {
        guard descriptor >= 0 else { throw CallFailed(call: call, number: errno) }
        defer { close(descriptor) }
        try body(descriptor)
    }

    private func check(_ call: String, _ result: Int32) throws {
        guard result == 0 else { throw CallFailed(call: call, number: errno) }
    }
}

struct CallFailed: Error {
    let call: String
    let number: Int32
}

extension FileScene {
    /// A pace at which only notices find a change in the time of a test.
    static let byNotices = FilePace(interval: .seconds(3_600), intervalWithoutNotices: .seconds(3_600))

    func file(_ name: String, _ format: FileFormat = .auto) -> FileSource {
        FileSource(.file(path(name), format), trusting: nil, pace: Self.byNotices)
    }

    func directory(_ name: String) -> FileSource {
        FileSource(.directory(path(name)), trusting: nil, pace: Self.byNotices)
    }

    /// Follows one file as `parsing/prod` while `body` runs.
    func following(
        _ source: some ConfigSource, options: WatcherOptions = WatcherOptions(),
        _ body: (Following) async throws -> Void
    ) async throws {
        let watcher = try ConfigWatcher<ConfigDocument>(
            key: "parsing/prod", source: source, options: options, logger: nil)
        try await running(watcher) { try await body(Following(watcher: watcher, log: OutcomeLog(watcher.outcomes))) }
    }
}

/// A watcher that runs, and what it reported.
struct Following {
    let watcher: ConfigWatcher<ConfigDocument>
    let log: OutcomeLog

    /// Waits until this content runs.
    func runs(_ json: String) async throws {
        let content = try Content(parsing: Array(json.utf8))
        try await eventually(
            "\(json) runs, not \(String(decoding: watcher.current.content?.bytes ?? [], as: UTF8.self))"
        ) {
            watcher.current.content == content
        }
    }

    /// Waits until these are all outcomes so far.
    func hasReported(_ lines: String...) async throws {
        try await eventually("\(lines), not \(log.lines)") { log.lines == lines }
    }

    /// Waits for an outcome.
    func reports(_ line: String) async throws {
        try await eventually("\(line) in \(log.lines)") { log.lines.contains(line) }
    }
}

/// Outcomes as `kind version`.
final class OutcomeLog: Sendable {
    private let recorded = Mutex<[Outcome]>([])

    init(_ outcomes: AsyncStream<Outcome>) {
        Task { [weak self] in
            for await outcome in outcomes { self?.recorded.withLock { $0.append(outcome) } }
        }
    }

    var outcomes: [Outcome] { recorded.withLock { $0 } }

    var lines: [String] { outcomes.map { "\($0.kind.rawValue) \($0.version)" } }
}

/// Runs a watcher while `body` runs.
func running(_ watcher: ConfigWatcher<ConfigDocument>, _ body: () async throws -> Void) async throws {
    try await running(watcher.run, body)
}

/// Runs a group of watchers while `body` runs.
func running(_ watchers: WatcherGroup, _ body: () async throws -> Void) async throws {
    try await running(watchers.run, body)
}

private func running(
    _ run: @escaping @Sendable () async throws -> Void, _ body: () async throws -> Void
) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await run() }
        try await body()
        group.cancelAll()
        try await group.waitForAll()
    }
}
