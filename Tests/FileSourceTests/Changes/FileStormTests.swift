import ConfigModel
import ConfigWatcher
import FoundationEssentials
import Glibc
import Synchronization
import SystemPackage
import TestSupport
import Testing

@testable import FileSource

@Suite("Many changes at once", .timeLimit(.minutes(1)))
struct FileStormTests {
    /// One of several programs that change files at random: 250 changes each.
    private static let program = """
        if True: import os, random, sys
        r = random.Random(int(sys.argv[1]))
        for i in range(250):
            folder = r.choice("vwxyz") + "x"
            name = f"{folder}/s{r.randrange(40)}.json"
            text = '{"n":%d}' % r.randrange(1000)
            other = f"{folder}/.{sys.argv[1]}.tmp"
            try:
                match r.randrange(6):
                    case 0:
                        with open(name, "w") as f: f.write(text)
                    case 1 | 2:
                        with open(other, "w") as f: f.write(text)
                        os.rename(other, name)
                    case 3: os.remove(name)
                    case 4: os.utime(name)
                    case 5:
                        with open(name, "w") as f:
                            f.write(text[:3]); f.flush(); f.write(text[3:])
            except FileNotFoundError: pass
        """

    @Test(arguments: [true, false])
    func afterRandomChangesByFourProcessesWatchersHaveWhatIsOnTheDisk(hasNotices: Bool) async throws {
        try await FileScene.with { scene in
            let python = try #require(
                ["/usr/bin/python3", "/usr/local/bin/python3", "/bin/python3"].first {
                    FileManager.default.isExecutableFile(atPath: $0)
                })
            let group = WatcherGroup(source: source(scene, hasNotices: hasNotices), logger: nil)
            let last = Mutex<[DocumentKey: Outcome]>([:])
            group.observe { outcome in last.withLock { $0[outcome.key] = outcome } }
            var keys: [DocumentKey] = []
            for environment in ["vx", "wx", "xx", "yx", "zx"] {
                try scene.makeDirectory("config/\(environment)")
                for number in 0..<40 {
                    try scene.write("{\"n\":-1}", to: "config/\(environment)/s\(number).json")
                    keys.append(try DocumentKey(service: "s\(number)", environment: environment))
                    try group.watch(key: "s\(number)/\(environment)")
                }
            }
            try await running(group) {
                try await eventually("all run") { last.withLock { $0.count } == keys.count }
                let children = try (1...4).map { number in
                    try ChildProcess(
                        "/bin/sh",
                        ["-c", "cd '\(scene.path("config"))' && exec \(python) - \(number)"],
                        input: Array(Self.program.utf8))
                }
                for child in children { _ = try await child.waitForExit() }
                for key in keys {
                    let file = scene.path("config/\(key.environment)/\(key.service).json")
                    let expected = FileManager.default.contents(atPath: file).flatMap {
                        try? Content(parsing: Array($0)).hash
                    }
                    try await eventually(
                        "\(key): \(expected ?? "deleted"), not \(last.withLock { "\($0[key]?.kind.rawValue ?? "")" })"
                    ) {
                        let outcome = last.withLock { $0[key] }
                        return expected == nil
                            ? outcome?.kind == .deleted
                            : outcome?.kind == .applied && outcome?.contentHash == expected
                    }
                }
            }
        }
    }

    private func source(_ scene: FileScene, hasNotices: Bool) -> FileSource {
        guard !hasNotices else { return scene.directory("config") }
        let pace = FilePace(interval: .seconds(3_600), intervalWithoutNotices: .milliseconds(100))
        return FileSource(.directory(scene.path("config")), trusting: nil, pace: pace) {
            () throws(NoticesUnavailable) in
            throw NoticesUnavailable(.noSpace, opening: false)
        }
    }

    @Test func aQueueOfNoticesThatOverflowsSaysSo() async throws {
        try await FileScene.with { scene in
            for name in ["a", "b"] { try scene.write("", to: name) }
            let notices = try Notices()
            _ = try notices.watch([scene.root])
            for _ in 0..<50_000 { for name in ["a", "b"] { try scene.touch(name) } }
            #expect(notices.read().contains(.unknown))
            try notices.file.close()
        }
    }

    @Test func afterAHundredThousandTouchesTheLastContentRuns() async throws {
        try await FileScene.with { scene in
            for name in ["a", "b"] { try scene.write("{\"n\":1}", to: "\(name).json") }
            try await scene.following(scene.file("a.json")) { following in
                try await following.runs("{\"n\":1}")
                for _ in 0..<50_000 { for name in ["a", "b"] { try scene.touch("\(name).json") } }
                try scene.replace("a.json", with: "{\"n\":2}")
                try await following.runs("{\"n\":2}")
                try await following.hasReported("applied 1", "applied 2")
            }
        }
    }
}
