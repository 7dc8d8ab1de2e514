import Foundation
import TestSupport
import Testing

/// Commands that follow from what a token may do.
@Suite(.timeLimit(.minutes(1)), .showsProcesses) struct GrantedCommandTests {
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
}
