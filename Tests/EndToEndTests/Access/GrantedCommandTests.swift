import ConfigModel
import Foundation
import TestSupport
import Testing

/// Commands that follow from what a token may do.
@Suite(.timeLimit(.minutes(3)), .showsProcesses) struct GrantedCommandTests {
    @Test func aLoginOfTheBrokerHasTheGrantsOfTheTokenOfItsName() async throws {
        try await withAccess { access in
            let grants = ["--grant", "watcher:tenants.acme.#/prod", "--grant", "reader:b/test"]
            #expect(try await access.run(["token", "create", "web"] + grants).status == .exited(0))
            let command = ["admin", "broker-permissions", "web"]
            let printed = try await access.run(command)
            #expect(printed.status == .exited(0) && printed.output.contains("set_topic_permissions"))
            #expect(printed.output == (try await access.bench.configbus(command + grants)).output)
        }
    }

    @Test func aLoginWithoutATokenOrWithOneThatReadsNothingNeedsAGrant() async throws {
        try await withAccess { access in
            let unknown = try await access.run("admin", "broker-permissions", "web")
            #expect(unknown.status == .exited(1) && unknown.output == "" && unknown.errors.contains("--grant"))
            _ = try await access.run("token", "create", "scraper", "--grant", "monitor:#/*")
            let blind = try await access.run("admin", "broker-permissions", "scraper")
            #expect(blind.status == .exited(1) && blind.errors.contains("no login"))
            let away = try await access.run("admin", "broker-permissions", "web", "--url", "http://127.0.0.1:9")
            #expect(away.status == .exited(3) && away.errors.contains("--grant"))
        }
    }

    @Test(arguments: ["reader:other/prod", nil])
    func watchOnceEndsWith4WhenTheRegistryDoesNotLetTheDocumentBeRead(_ grant: String?) async throws {
        try await withAccess { access in
            var token = "none"
            if let grant {
                let made = try await access.run("token", "create", "web", "--grant", grant)
                token = made.output.trimmingCharacters(in: .newlines)
            }
            let watched = try await access.run(
                "watch", "parsing", "-e", "prod", "--once", "--timeout", "500ms", token: token)
            #expect(watched.status == .exited(4), "\(watched.errors)")
            #expect(watched.errors.contains("parsing/prod could not be read"), "\(watched.errors)")
        }
    }

    @Test func aBackupWithoutTheRightLeavesNoFile() async throws {
        try await withAccess { access in
            let made = try await access.run("token", "create", "web", "--grant", "reader:other/prod")
            let token = made.output.trimmingCharacters(in: .newlines)
            let folder = access.bench.path("kept")
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
            let refused = try await access.run("backup", "\(folder)/all.jsonl", token: token)
            #expect(refused.status == .exited(4) && refused.errors.contains("auditor"), "\(refused.errors)")
            let left = try FileManager.default.contentsOfDirectory(atPath: folder)
            #expect(left.isEmpty)
        }
    }

    @Test(arguments: [
        (["set", "parsing", "n=1", "-e", "prod"], "publisher"), (["unset", "parsing", "n", "-e", "prod"], "publisher"),
        (["publish", "parsing", "-e", "prod"], "publisher"), (["rollback", "parsing", "-e", "prod"], "publisher"),
        (["set", "parsing", "n=1", "-e", "prod", "-e", "dev"], "publisher"),
        (["delete", "parsing", "-e", "prod"], "admin"), (["delete", "parsing", "-e", "prod", "-e", "dev"], "admin"),
        (["get", "parsing", "-e", "prod"], "reader"),
    ])
    func aCommandWithoutAGrantNamesTheRoleThatItNeedsInTheEnd(command: [String], role: String) async throws {
        try await withAccess { access in
            for environment in ["dev", "prod"] {
                _ = try await access.run("publish", "parsing", "-e", environment, input: #"{"n": 2}"#)
            }
            let made = try await access.run("token", "create", "web", "--grant", "reader:other/prod")
            let token = made.output.trimmingCharacters(in: .newlines)
            let refused = try await access.run(command + ["-o", "json"], token: token, input: "{}")
            #expect(refused.status == .exited(4))
            #expect(refused.errors.contains("it needs a grant '\(role):parsing/"), "\(refused.errors)")
            #expect(try refused.object()["needs"] == .string(role))
            #expect(try refused.object()["type"] == .string("not-allowed"))
        }
    }

    @Test func aRepeatedCommandIsAnsweredAlsoWhereTheRegistryNamesTheAuthor() async throws {
        try await withAccess { access in
            _ = try await access.run("publish", "parsing", "-e", "prod", input: #"{"n": 1}"#)
            for command in [["set", "parsing", "n=2"], ["rollback", "parsing"], ["delete", "parsing"]] {
                let arguments = command + ["-e", "prod", "--idempotency-key", command[0]]
                #expect(try await access.run(arguments).status == .exited(0))
                let again = try await access.run(arguments)
                #expect(again.status == .exited(0), "\(again.errors)")
                #expect(again.output.contains("this command made version"))
            }
        }
    }
}
