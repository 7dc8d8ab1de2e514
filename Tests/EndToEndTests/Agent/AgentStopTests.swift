import ConfigModel
import Foundation
import Glibc
import TestSupport
import Testing

/// An agent that is stopped in the middle of a change leaves the old file, and the next one gives the service the reload that it
/// is owed: no more, no less.
@Suite(.serialized, .timeLimit(.minutes(2)), .showsProcesses) struct AgentStopTests {
    /// A reload that writes down what it serves, and takes for ever over what is slow while a file says so.
    private static func settings(_ bench: TestBench, _ registry: RunningRegistry, more: String = "") throws {
        let reload = bench.path("reload.sh")
        try bench.write(
            """
            #!/bin/sh
            if [ -e "$1" ]; then cat "$1"; else echo "$CONFIGBUS_CHANGE_TYPE"; fi >> '\(bench.path("served"))'
            [ -e '\(bench.path("hangs"))' ] || exit 0
            echo > '\(bench.path("runs"))'
            exec sleep 60

            """, to: "reload.sh")
        #expect(chmod(reload, 0o700) == 0)
        try bench.writeAgentSettings(
            registry,
            ["key: parsing/prod, path: out.json, reload: {command: ['\(reload)', '{file}'], timeout: 60s}\(more)"]
        )
    }

    private static func stop(_ agent: RunningAgent) async throws {
        agent.process.send(SIGTERM)
        #expect(try await agent.process.waitForExit() == .exited(0))
    }

    /// An agent that is stopped while its service reloads for the second version.
    private static func stopInTheMiddle(_ bench: TestBench, _ registry: RunningRegistry) async throws {
        try settings(bench, registry)
        try await registry.publish(#"{"n":1}"#, as: bench.parsing)
        let agent = try bench.startAgent()
        try await agent.reports.report("applied", 1, of: bench.parsing)
        try bench.write("", to: "hangs")
        try await registry.publish(#"{"n":2}"#, as: bench.parsing)
        try await eventually("the reload of the second version") { bench.text(of: "runs") }
        try await stop(agent)
        try FileManager.default.removeItem(atPath: bench.path("hangs"))
        #expect(bench.text(of: "out.json") == #"{"n":1}"#)
        #expect(try bench.files(like: "out.json") == ["out.json"])
    }

    @Test func whatWasStoppedDuringItsReloadIsReloadedOnceByTheNextAgent() async throws {
        try await withBench { bench in
            let registry = try await bench.startEmbedded()
            try await Self.stopInTheMiddle(bench, registry)
            for _ in 1...2 {
                let next = try bench.startAgent()
                try await next.reports.report("applied", 2, of: bench.parsing)
                #expect(bench.text(of: "out.json") == #"{"n":2}"#)
                try await Self.stop(next)
            }
            #expect(bench.text(of: "served") == #"{"n":1}{"n":2}{"n":2}"#)
        }
    }

    @Test func aServiceThatReadWhatIsTakenBackReloadsTheOldVersionWhileTheRegistryIsAway() async throws {
        try await withBench { bench in
            let registry = try await bench.startEmbedded()
            try await Self.stopInTheMiddle(bench, registry)
            try await registry.process.kill9()
            for _ in 1...2 {
                let next = try bench.startAgent()
                try await next.reports.report("applied", 1, of: bench.parsing)
                #expect(bench.text(of: "out.json") == #"{"n":1}"#)
                try await Self.stop(next)
            }
            #expect(bench.text(of: "served") == #"{"n":1}{"n":2}{"n":1}"#)
        }
    }

    @Test(arguments: [SIGTERM, SIGKILL])
    func aReloadForADeletionIsOwedTooUntilItHasEnded(signal: Int32) async throws {
        try await withBench { bench in
            let registry = try await bench.startEmbedded()
            try Self.settings(bench, registry, more: ", on_delete: remove")
            try await registry.publish(#"{"n":1}"#, as: bench.parsing)
            let agent = try bench.startAgent()
            try await agent.reports.report("applied", 1, of: bench.parsing)
            try bench.write("", to: "hangs")
            let deleted = try await bench.configbus("delete", "parsing", "-e", "prod", at: registry)
            #expect(deleted.status == .exited(0), "\(deleted.errors)")
            try await eventually("the reload of the deletion") { bench.text(of: "runs") }
            agent.process.send(signal)
            _ = try await agent.process.waitForExit()
            try FileManager.default.removeItem(atPath: bench.path("hangs"))
            let next = try bench.startAgent()
            try await next.says("out.json is removed")
            try await eventually("the reload that was owed") {
                bench.text(of: "served") == "{\"n\":1}deleted\ndeleted\n" ? () : nil
            }
            try await Self.stop(next)
            let third = try bench.startAgent()
            try await third.reports.report("deleted", 2, of: bench.parsing)
            try await Self.stop(third)
            #expect(bench.text(of: "served") == "{\"n\":1}deleted\ndeleted\n")
        }
    }
}
