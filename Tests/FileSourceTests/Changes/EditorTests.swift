import ConfigWatcher
import FoundationEssentials
import TestSupport
import Testing

@testable import FileSource

/// What editors and tools do when they save a file: the ones that are installed, and for the others their system calls.
@Suite("Programs that save a file", .timeLimit(.minutes(1)))
struct EditorTests {
    /// A program that saves `{"n":2}` in `a.json`.
    enum Program: String, CaseIterable {
        case vim, sed, python
        case vimWithBackup, nano, jetBrains, sublime, gedit, emacs, vscode

        /// How it is started, when it is a real one.
        var command: [String]? {
            switch self {
            case .vim: ["vim", "-u", "NONE", "-es", "-c", "%s/1/2/", "-c", "wq", "a.json"]
            case .sed: ["sed", "-i", "s/1/2/", "a.json"]
            case .python:
                [
                    "python3", "-c",
                    "import os, tempfile; f, n = tempfile.mkstemp(dir='.'); os.write(f, b'{\"n\":2}'); os.fsync(f); "
                        + "os.close(f); os.replace(n, 'a.json')",
                ]
            default: nil
            }
        }
    }

    @Test(arguments: Program.allCases)
    func oneSaveIsOneVersionWithTheLastContent(program: Program) async throws {
        try await FileScene.with { scene in
            try scene.write("{\"n\":1}", to: "a.json")
            try await scene.following(scene.file("a.json")) { following in
                try await following.runs("{\"n\":1}")
                if let command = program.command {
                    guard let path = executable(command[0]) else { return }
                    try await run(path, Array(command.dropFirst()), in: scene)
                } else {
                    try save(program, scene)
                }
                try await following.runs("{\"n\":2}")
                try scene.replace("a.json", with: "{\"n\":3}")
                try await following.runs("{\"n\":3}")
                try await eventually("three applied, not \(following.log.lines)") {
                    following.log.outcomes.map(\.kind) == [.applied, .applied, .applied]
                }
            }
        }
    }

    private func executable(_ name: String) -> String? {
        ["/usr/bin/\(name)", "/bin/\(name)", "/usr/local/bin/\(name)"].first {
            FileManager.default.isExecutableFile(atPath: $0)
        }
    }

    private func run(_ program: String, _ arguments: [String], in scene: FileScene) async throws {
        let line = ([program] + arguments).map {
            "'\($0.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''"))'"
        }
        let child = try ChildProcess("/bin/sh", ["-c", "cd '\(scene.root)' && exec \(line.joined(separator: " "))"])
        let status = try await child.waitForExit()
        try #require(status == .exited(0), "\(child.transcript)")
    }

    private func save(_ program: Program, _ scene: FileScene) throws {
        let text = "{\"n\":2}"
        switch program {
        case .vimWithBackup:
            try scene.write("", to: "4913")
            try scene.remove("4913")
            try scene.rename("a.json", "a.json~")
            try scene.write(text, to: "a.json")
            try scene.changeMode("a.json", 0o644)
            try scene.remove("a.json~")
        case .nano: try scene.write(text, to: "a.json")
        case .jetBrains:
            try scene.write(text, to: "a.json___jb_tmp___")
            try scene.rename("a.json", "a.json___jb_old___")
            try scene.rename("a.json___jb_tmp___", "a.json")
            try scene.remove("a.json___jb_old___")
        case .sublime: try scene.replace("a.json", with: text, over: ".sublf3e.tmp")
        case .gedit:
            try scene.write(text, to: ".goutputstream-ABC123")
            try scene.write("{\"n\":1}", to: "a.json~")
            try scene.rename(".goutputstream-ABC123", "a.json")
        case .emacs:
            try scene.link(".#a.json", to: "user@host.1:2")
            try scene.rename("a.json", "a.json~")
            try scene.write(text, to: "a.json")
            try scene.remove(".#a.json")
        case .vscode:
            try scene.write("", to: "a.json")
            try scene.append(text, to: "a.json")
        case .vim, .sed, .python: break
        }
    }
}
