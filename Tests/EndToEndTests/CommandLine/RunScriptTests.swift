import Foundation
import Glibc
import TestSupport
import Testing

extension CommandLineTests {
    /// What `scripts/run` does beside the build itself.
    @Suite struct RunScriptTests {
        @Test func whileItBuildsItNamesEachPackageThatIsFetchedAndTheStepNowAndThen() async throws {
            try await withBench { bench in
                let result = try await library(
                    """
                    progress_seconds=1
                    { printf '%s\\n' 'Fetching https://github.com/apple/swift-nio.git' \
                        '[51/34217] Fetching swift-nio' 'warning: nothing' 'Fetching https://github.com/x/y'
                      printf '[12/345] Compiling NIOCore'; sleep 3; echo ' Channel.swift'; } | show_progress log
                    """, bench)
                #expect(result.status == .exited(0))
                let lines = result.errors.split(separator: "\n").map { $0.prefix { $0 != "(" } }
                #expect(lines.prefix(2) == ["fetching swift-nio ", "fetching y "])
                // A line whose end has not come is no reason for silence.
                #expect(lines.dropFirst(2).first == "fetching y ")
                let log = try String(contentsOfFile: bench.path("log"), encoding: .utf8)
                #expect(
                    log.contains("warning: nothing\n") && log.hasSuffix("[12/345] Compiling NIOCore Channel.swift\n"))
            }
        }

        @Test(arguments: [
            ("[12/345] Compiling NIOCore Channel.swift", "step 12 of 345: compiling NIOCore"),
            ("[3/9] Linking configbus", "step 3 of 9: linking configbus"),
            ("[51/34217] Fetching swift-nio", "fetching swift-nio: 51 of 34217"),
            ("Fetching https://github.com/apple/swift-nio.git from cache", "fetching swift-nio"),
            ("[0/9] Write sources", ""), ("Build complete! (3.1s)", ""), ("error: no such module", ""),
        ])
        func aLineOfTheBuild(_ line: String, _ text: String) async throws {
            try await withBench { bench in
                let result = try await library("progress_text '\(line)'", bench)
                #expect(result.output == text)
            }
        }

        @Test func theProgramIsPutBesideItsSymbolsAndRunsWithoutThem() async throws {
            try await withBench { bench in
                let program = try ConfigbusExecutable.path()
                let result = try await library(
                    "strip_program '\(program)' stripped; stripped/configbus --version", bench)
                #expect(result.status == .exited(0) && !result.output.isEmpty, "\(result)")
                let sizes = try [program, bench.path("stripped/configbus"), bench.path("stripped/configbus.debug")].map
                {
                    try FileManager.default.attributesOfItem(atPath: $0)[.size] as? Int ?? 0
                }
                #expect(sizes[1] < sizes[0] && sizes[2] > 0)
            }
        }

        @Test func ctrlCEndsRegistryAndScriptCleanlyAndServeFindsTheSameData() async throws {
            try await withBench { bench in
                let script = try start(bench)
                do {
                    try #require(await script.output.first { $0.contains("Ctrl-C stops it") } != nil)
                    // As the terminal does: to the whole group.
                    kill(-script.processID, SIGINT)
                    let result = try await bench.result(of: script)
                    #expect(result.status == .exited(130))
                    #expect(!result.errors.contains("error") && !result.output.contains("error"))
                } catch {
                    // Its registry has a session of its own and would stay.
                    script.send(SIGTERM)
                    _ = try await script.waitForExit()
                    throw error
                }
                // Nothing of the first one holds the folder any more.
                let registry = try await bench.startRegistry(
                    store: .embedded(directory: "configbus-data"), bus: .inProcess)
                #expect(try await registry.history(of: bench.parsing).count == 1)
            }
        }

        /// Runs lines of the scripts' own shell in the test's folder.
        private func library(_ body: String, _ bench: TestBench) async throws -> CommandResult {
            let library = repository + "/scripts/lib"
            let script =
                "set -euo pipefail; source '\(library)/common.sh'; source '\(library)/build.sh'; cd '\(bench.directory)'\n"
            return try await bench.result(of: bench.start("/bin/bash", ["-c", script + body]))
        }

        private func start(_ bench: TestBench) throws -> ChildProcess {
            let library = repository + "/scripts/lib"
            let body = """
                set -euo pipefail
                source '\(library)/common.sh'
                source '\(library)/build.sh'
                source '\(library)/registry.sh'
                configbus='\(try ConfigbusExecutable.path())'
                cd '\(bench.directory)'
                run_registry
                """
            return try bench.start("/usr/bin/setsid", ["/bin/bash", "-c", body])
        }
    }
}

/// Where the sources are.
let repository = URL(fileURLWithPath: #filePath).pathComponents.dropFirst().prefix { $0 != "Tests" }
    .reduce(into: "") { $0 += "/" + $1 }
