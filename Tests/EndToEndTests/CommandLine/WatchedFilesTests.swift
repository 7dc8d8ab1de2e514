import ConfigModel
import Foundation
import TestSupport
import Testing

extension CommandLineTests {
    /// `watch` of files that are changed often, or on a machine that has no notices of changes left.
    @Suite struct WatchedFilesTests {
        @Test func aBurstOfTwentyWritesIsLoadedOnce() async throws {
            try await follow { watcher, write in
                try await eventuallyOne {
                    try await run(writes: 20, each: .milliseconds(10), watcher, write).loads == 1
                }
            }
        }

        @Test func writesWithoutEndAreLoadedNowAndThen() async throws {
            try await follow { watcher, write in
                try await eventuallyOne {
                    let (loads, length) = try await run(writes: 80, each: .milliseconds(50), watcher, write)
                    // Each burst is cut off after a second, ten times the time that is waited for another change.
                    return loads >= 2 && loads <= Int(length / .seconds(1)) + 2
                }
            }
        }

        /// Runs `body` with a watcher of one file that runs its first content.
        private func follow(_ body: (RunningWatcher, (Int) throws -> Void) async throws -> Void) async throws {
            try await withBench { bench in
                let path = bench.path("parsing.json")
                let write = { (number: Int) in
                    try "{\"n\":\(number)}".write(toFile: path, atomically: true, encoding: .utf8)
                }
                try write(0)
                let watcher = RunningWatcher(
                    process: try bench.start(["watch", "parsing", "-e", "prod", "--file", path, "-o", "json"]))
                try await eventually("the first version") { try watcher.lines().count == 1 }
                try await body(watcher, write)
            }
        }

        /// Replaces the file again and again, and waits until the last content runs.
        ///
        /// - Returns: how often the file was loaded, and how long it was replaced.
        private func run(
            writes: Int, each pause: Duration, _ watcher: RunningWatcher, _ write: (Int) throws -> Void
        ) async throws -> (loads: Int, length: Duration) {
            let before = try watcher.lines().count
            let number = Int.random(in: 1...1_000_000) * 100
            let begin = ContinuousClock.now
            for index in 1...writes {
                try write(number + index)
                try await Task.sleep(until: begin + pause * index)
            }
            let length = ContinuousClock.now - begin
            let hash = try Content(parsing: Array("{\"n\":\(number + writes)}".utf8)).hash
            try await eventually("the last content") { try watcher.lines().last?.contentHash == hash }
            let lines = try watcher.lines().dropFirst(before)
            #expect(lines.allSatisfy { $0.outcome == "applied" })
            return (lines.count, length)
        }

        /// A machine that is busy may hold writer or watcher up for longer than the time that ends a burst: then it is made again.
        private func eventuallyOne(_ burst: () async throws -> Bool) async throws {
            for _ in 0..<4 { if try await burst() { return } }
            Issue.record("no burst was loaded as often as it should be")
        }

        @Test(
            .enabled(if: WithoutNotices.isPossible, "This machine lets no program limit its own inotify"),
            arguments: WithoutNotices.allCases)
        func withoutNoticesADirectoryIsLookedAtAndEndsAsWhatIsOnTheDisk(limit: WithoutNotices) async throws {
            try await withBench { bench in
                let names = (0..<30).map { "s\($0)" }
                let folder = bench.path("config/prod")
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
                for name in names {
                    try "{\"n\":0}".write(toFile: "\(folder)/\(name).json", atomically: false, encoding: .utf8)
                }
                let command = [try ConfigbusExecutable.path(), "watch"] + names
                let watcher = RunningWatcher(
                    process: try bench.start(
                        WithoutNotices.unshare,
                        limit.arguments + command + ["-e", "prod", "--directory", bench.path("config"), "-o", "json"]))
                try await eventually("all run \(watcher.process.transcript)") {
                    try watcher.lines().count == names.count
                }
                try await eventually("a warning") { watcher.process.errors.text.contains(limit.name) }
                #expect(watcher.process.errors.text.contains("is looked at every 2 s"))
                var random = SeededGenerator(seed: 7)
                for number in 1...200 { try change(folder, names, number, &random) }
                for name in names {
                    let file = FileManager.default.contents(atPath: "\(folder)/\(name).json").map { Array($0) }
                    let hash = try file.map { try Content(parsing: $0).hash }
                    try await eventually("\(name) as on the disk") {
                        let last = try watcher.lines().last { $0.key.service == name }
                        return hash == nil
                            ? last?.outcome == "deleted" : last?.outcome == "applied" && last?.contentHash == hash
                    }
                }
                #expect(watcher.process.errors.text.split(separator: "\n").count { $0.contains(limit.name) } == 1)
            }
        }

        private func change(
            _ folder: String, _ names: [String], _ number: Int, _ random: inout SeededGenerator
        ) throws {
            let path = "\(folder)/\(names.randomElement(using: &random) ?? "s0").json"
            let isAtomic = Bool.random(using: &random)
            if Int.random(in: 0..<5, using: &random) == 0 {
                try? FileManager.default.removeItem(atPath: path)
            } else {
                try "{\"n\":\(number)}".write(toFile: path, atomically: isAtomic, encoding: .utf8)
            }
        }
    }
}

/// Programs in a user namespace of their own, whose limits of inotify are exhausted.
enum WithoutNotices: String, CaseIterable, Sendable {
    case instances
    case watches

    static let unshare = "/usr/bin/unshare"

    /// Namespaces are not allowed everywhere.
    static let isPossible: Bool = {
        guard FileManager.default.isExecutableFile(atPath: unshare) else { return false }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: unshare)
        process.arguments = Self.instances.arguments + ["/bin/true"]
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }()

    /// As the message calls it.
    var name: String { "fs.inotify.max_user_\(rawValue)" }

    /// What stands before a command; one watch is not enough for a directory.
    var arguments: [String] {
        let limit = self == .instances ? 0 : 1
        return [
            "--user", "--map-root-user", "/bin/sh", "-c",
            "echo \(limit) >/proc/sys/user/max_inotify_\(rawValue) && exec \"$@\"", "sh",
        ]
    }
}
