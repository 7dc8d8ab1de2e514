import ConfigModel
import Foundation
import Glibc
import TestSupport
import Testing

/// A program that looks at a candidate changes nothing about what takes effect.
@Suite(.serialized, .timeLimit(.minutes(3)), .showsProcesses) struct AgentCheckTests {
    /// What a check does with the file that it was given, and how the reason says it.
    enum Change: String, CaseIterable {
        case append = "echo ' ' >> \"$1\""
        case rewrite = "tr 2 3 < \"$1\" > \"$1.new\"; cat \"$1.new\" > \"$1\"; rm \"$1.new\""
        case replace = "cp \"$1\" \"$1.new\"; mv \"$1.new\" \"$1\""
        case link = "rm \"$1\"; ln -s /etc/hostname \"$1\""
        case pipe = "rm \"$1\"; mkfifo \"$1\""
        case remove = "rm \"$1\""

        var sentence: String {
            switch self {
            case .append, .rewrite: "changed what is in it"
            case .replace, .pipe: "put another file in its place"
            case .link: "put a symbolic link in its place"
            case .remove: "removed it"
            }
        }
    }

    @Test(arguments: Change.allCases)
    func whatACheckMakesOfTheFileDoesNotTakeEffect(change: Change) async throws {
        try await withBench { bench in
            let registry = try await bench.startEmbedded()
            try bench.write("#!/bin/sh\ngrep -q 2 \"$1\" || exit 0\n\(change.rawValue)\n", to: "check.sh")
            try bench.write("#!/bin/sh\ncat \"$1\" >> '\(bench.path("served"))'\n", to: "reload.sh")
            for script in ["check.sh", "reload.sh"] { #expect(chmod(bench.path(script), 0o700) == 0) }
            try bench.writeAgentSettings(
                registry,
                [
                    "key: parsing/prod, path: out.json, check: [./check.sh, '{file}'], reload: {command: [./reload.sh, '{file}']}"
                ])
            let reports = try bench.startAgent().reports
            try await registry.publish(#"{"n":1}"#, as: bench.parsing)
            try await reports.report("applied", 1, of: bench.parsing)
            try await registry.publish(#"{"n":2}"#, as: bench.parsing)
            let reason = try await reports.report("rejected", 2, of: bench.parsing).reason ?? ""
            #expect(reason.contains("check was given a file to look at, and \(change.sentence)"), "\(reason)")
            #expect(bench.text(of: "out.json") == #"{"n":1}"# && bench.text(of: "served") == #"{"n":1}"#)
            #expect(try bench.files(like: "out.json") == ["out.json"])
            try await registry.publish(#"{"n":4}"#, as: bench.parsing)
            try await reports.report("applied", 3, of: bench.parsing)
            #expect(bench.text(of: "out.json") == #"{"n":4}"#)
        }
    }
}
