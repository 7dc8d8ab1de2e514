import Foundation
import Glibc
import TestSupport
import Testing

extension CommandLineTests {
    /// What `scripts/run` does after the build.
    @Suite struct RunScriptTests {
        @Test("Ctrl-C ends registry and script cleanly, and 'serve' finds the same data")
        func interrupt() async throws {
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

        private func start(_ bench: TestBench) throws -> ChildProcess {
            let library = repository + "/scripts/lib"
            let body = """
                set -euo pipefail
                source '\(library)/common.sh'
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
